"""Kernels forked from one warm process, which has done the imports (`preload.py`).

The runner starts that process once and sends it one end of a socket pair for each kernel. The
fork reads there what it shall run, answers with its process number and keeps its end open: an
end of file tells the runner that the kernel is gone, and the kernel that the runner is.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import traceback
from functools import cache
from importlib.metadata import entry_points
from weakref import WeakSet

NAME = "itu-warm"  # of provisioner, kernelspec and papermill engine
POSSIBLE = hasattr(os, "fork")  # not on Windows
LIVE: WeakSet[ForkedKernel] = WeakSet()
_STARTING = threading.Lock()


@cache
def reason_for_ordinary() -> str:
    """Why kernels start the ordinary way here; empty where they are warm."""
    if not POSSIBLE:
        return "no fork here"
    if not entry_points(group="jupyter_client.kernel_provisioners", name=NAME):
        return f"no provisioner {NAME} is registered (install the project again: `pip install --no-deps -e .`)"
    return ""


def start_early() -> None:
    """Start the warm process now, so that it imports while we do."""
    if reason_for_ordinary():
        print(f"{reason_for_ordinary()}: kernels start the ordinary way, which takes longer", file=sys.stderr)
    else:
        start()


def start() -> socket.socket:
    """The line to the warm process, started at the first call, or again if it was killed."""
    with _STARTING:
        if _has_ended(_started(), 0):
            _started().close()
            _started.cache_clear()
        return _started()


@cache
def _started() -> socket.socket:
    ours, its = socket.socketpair()
    code = f"import sys; sys.path[:] = {sys.path!r}; from helpers.site import forks; forks.serve({its.fileno()})"
    with its:  # a session of its own, which Ctrl-C on the terminal does not reach
        subprocess.Popen(
            [sys.executable, "-c", code], stdin=subprocess.DEVNULL, pass_fds=[its.fileno()], start_new_session=True
        )
    return ours


def _has_ended(line: socket.socket, seconds: float | None) -> bool:
    """Whether the process at the other end is gone, waiting up to some seconds for that."""
    watch = select.poll()
    watch.register(line, select.POLLIN)
    return bool(watch.poll(None if seconds is None else seconds * 1000))


def serve(number: int) -> None:
    """In the warm process: one fork for each socket that comes, until the runner is gone."""
    import helpers.site.preload  # noqa: F401 - what every fork shall have

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # an ended kernel leaves no zombie
    with socket.socket(fileno=number) as line:
        while (received := socket.recv_fds(line, 1, 1))[0]:
            if os.fork() == 0:
                line.close()
                _become_kernel(socket.socket(fileno=received[1][0]))
            os.close(received[1][0])


def _become_kernel(line: socket.socket) -> None:
    """In the fork: run the kernel that the runner asks for, then end."""
    try:
        os.setsid()
        for number, handler in ((signal.SIGCHLD, signal.SIG_DFL), (signal.SIGINT, signal.default_int_handler)):
            signal.signal(number, handler)
        arguments, environment, folder = json.loads(line.makefile("rb").readline())
        line.sendall(b"%d\n" % os.getpid())
        threading.Thread(target=_end_with_the_runner, args=[line], daemon=True).start()
        os.environ.clear()
        os.environ.update(environment, JPY_PARENT_PID=str(os.getppid()))
        if folder:
            os.chdir(folder)
        # a forked kernel is no interactive session: no history file, no banner
        parent = f"--IPKernelApp.parent_handle={os.getppid()}"
        sys.argv = ["ipykernel_launcher", *arguments, parent, "--HistoryManager.enabled=False"]
        from ipykernel.kernelapp import IPKernelApp

        IPKernelApp.launch_instance(argv=sys.argv[1:])
    except BaseException:
        traceback.print_exc()
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(0)


def _end_with_the_runner(line: socket.socket) -> None:
    """Follow the runner into its end, however it came: a killed runner cannot stop its kernels."""
    with contextlib.suppress(OSError):
        line.recv(1)
    os.killpg(os.getpgid(0), signal.SIGKILL)


class ForkedKernel:
    """A forked kernel with the part of `Popen` that jupyter_client uses."""

    stdin = stdout = stderr = None

    def __init__(self, arguments: list[str], environment: dict[str, str], folder: str | None) -> None:
        self.folder = folder
        request = json.dumps([arguments, environment, folder]).encode() + b"\n"
        try:
            self._fork(request)
        except OSError:  # the warm process was killed: another one
            self._fork(request)
        LIVE.add(self)

    def _fork(self, request: bytes) -> None:
        self.line, its = socket.socketpair()
        try:
            with its:
                socket.send_fds(start(), [b"+"], [its.fileno()])
            self.line.sendall(request)
            with self.line.makefile() as answer:
                self.pid = int(answer.readline() or 0)
            if not self.pid:
                raise OSError("the process that kernels fork from has ended")
        except OSError:
            self.line.close()
            raise

    def poll(self) -> int | None:
        """0 when it has ended, however; None while it runs."""
        return self.wait(0)

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for the end, at most `timeout` seconds; 0, or None where it still runs."""
        try:
            if not _has_ended(self.line, timeout):
                return None
        except ValueError:  # closed, as it has ended
            return 0
        self.line.close()
        return 0

    def send_signal(self, number: int) -> None:
        """Send a signal while it runs."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def terminate(self) -> None:
        """SIGTERM."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """SIGKILL, for what the kernel has started, too."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)


def kill(folder: str | None = None) -> int:
    """Kill the kernels that work in `folder`, or all of this process; how many."""
    doomed = [kernel for kernel in list(LIVE) if kernel.poll() is None and folder in (None, kernel.folder)]
    for kernel in doomed:
        kernel.kill()
    return len(doomed)
