"""Warm kernels: every notebook in a process of its own, forked from a warm one.

jupyter_client asks a provisioner to start a kernel's process. Ours asks the
standard library's fork server, which has done the imports (`preload.py`), so a
kernel is there in a fraction of the time. Interrupt, restart, signals and the
noticing of a dead kernel stay jupyter_client's. Where there is no fork
(Windows), kernels start the ordinary way.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from functools import cache
from importlib.metadata import EntryPoint
from pathlib import Path
from queue import Empty
from types import ModuleType
from typing import Any
from uuid import uuid4
from weakref import WeakSet

from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner
from traitlets import default

from helpers import files

NAME = "itu-warm"
_STARTING = threading.Lock()
LIVE: WeakSet[ForkedKernel] = WeakSet()
FORKS = "forkserver" in multiprocessing.get_all_start_methods()


@contextlib.contextmanager
def runtime_folder() -> Iterator[None]:
    """A folder for connection files and sockets, gone when the batch is."""
    before = os.environ.get("JUPYTER_RUNTIME_DIR")
    with tempfile.TemporaryDirectory(prefix=files.scratch(), ignore_cleanup_errors=True) as folder:
        os.environ["JUPYTER_RUNTIME_DIR"] = folder
        try:
            yield
        finally:
            os.environ.pop("JUPYTER_RUNTIME_DIR")
            if before is not None:
                os.environ["JUPYTER_RUNTIME_DIR"] = before


def can_fork() -> bool:
    """Whether kernels can be forked here: not on Windows, not in a daemonic process."""
    return FORKS and not multiprocessing.current_process().daemon


@cache
def _context() -> Any:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["helpers.site.preload"])
    return context


def start_server() -> None:
    """Start the fork server now, so that it imports while we do."""
    if can_fork():
        from multiprocessing import forkserver

        _context()
        forkserver.ensure_running()
    else:
        print("no fork here: kernels start the ordinary way, which takes longer", file=sys.stderr)


def _run_kernel(arguments: list[str], environment: dict[str, str], folder: str | None) -> None:
    """In the forked process: become the kernel."""
    os.setsid()
    threading.Thread(target=_end_with_the_runner, daemon=True).start()
    os.environ.clear()
    os.environ.update(environment, JPY_PARENT_PID=str(os.getppid()))
    if folder:
        os.chdir(folder)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # a forked kernel is no interactive session: no history file, no banner
    parent = f"--IPKernelApp.parent_handle={os.getppid()}"
    sys.argv = ["ipykernel_launcher", *arguments, parent, "--HistoryManager.enabled=False"]
    from ipykernel.kernelapp import IPKernelApp

    IPKernelApp.launch_instance(argv=sys.argv[1:])


def _end_with_the_runner() -> None:
    """Follow the runner into its end, however it came: a killed runner cannot stop its kernels."""
    runner = multiprocessing.parent_process()
    if runner is not None:
        runner.join()
        os.killpg(os.getpgid(0), signal.SIGKILL)


def _start(process: Any) -> None:
    """Start a process that does not import the caller's main script again.

    multiprocessing would, and a script that imports much costs every kernel a
    second.
    """
    with _STARTING:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            process.start()
        finally:
            sys.modules["__main__"] = main


class ForkedKernel:
    """A forked kernel with the part of `Popen` that jupyter_client uses."""

    stdin = stdout = stderr = None

    def __init__(self, arguments: list[str], environment: dict[str, str], folder: str | None) -> None:
        self.process = _context().Process(target=_run_kernel, args=(arguments, environment, folder), daemon=True)
        self.folder = folder
        _start(self.process)
        self.pid = self.process.pid
        LIVE.add(self)

    def poll(self) -> int | None:
        """Exit code, None while it runs."""
        return self.process.exitcode

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for the end; the exit code."""
        self.process.join(timeout)
        return self.process.exitcode

    def send_signal(self, number: int) -> None:
        """Send a signal while it runs."""
        if self.poll() is None and self.pid:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """SIGTERM."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """SIGKILL, for what the kernel has started, too."""
        if self.poll() is None and self.pid:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
        self.send_signal(signal.SIGKILL)


def kill(folder: str | None = None) -> int:
    """Kill the kernels that work in `folder`, or all of this process; how many."""
    doomed = [kernel for kernel in list(LIVE) if kernel.poll() is None and folder in (None, kernel.folder)]
    for kernel in doomed:
        kernel.kill()
    return len(doomed)


class WarmProvisioner(LocalProvisioner):
    """Starts ipykernel by fork; any other kernel the ordinary way."""

    process: Any = None  # a Popen, or a ForkedKernel

    async def launch_kernel(self, cmd: list[str], **more: Any) -> KernelConnectionInfo:
        """Fork the kernel that `cmd` would start."""
        if not can_fork() or "ipykernel_launcher" not in cmd:
            return await super().launch_kernel(cmd, **more)
        arguments = cmd[cmd.index("ipykernel_launcher") + 1 :]
        self.process = ForkedKernel(arguments, dict(more.get("env") or os.environ), more.get("cwd"))
        self.pid = self.process.pid
        self.pgid = None  # signals go to the kernel itself
        await self._until_bound()
        return self.connection_info

    async def wait(self) -> int | None:
        """Wait for the kernel's end without the parent class's 0.1 s steps."""
        while (code := await self.poll()) is None:
            await asyncio.sleep(0.005)
        if isinstance(self.process, ForkedKernel):
            self.process.wait()
        self.process = None
        return code

    async def _until_bound(self, limit: float = 30) -> None:
        """Wait until the kernel listens, so that the first message is not lost."""
        info = self.connection_info
        if info.get("transport") != "ipc":
            return
        sockets = [Path(f"{info['ip']}-{info[name]}") for name in ("shell_port", "iopub_port", "control_port")]
        end = time.monotonic() + limit
        while time.monotonic() < end and self.process.poll() is None and not all(path.exists() for path in sockets):
            await asyncio.sleep(0.005)


class WarmKernelClient(AsyncKernelClient):
    """A client that is ready as soon as the kernel says that it is idle.

    jupyter_client's own waits two fixed times 0.2 s and, where the first message
    is lost, a second.
    """

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait for the answer to a request for kernel information, on both channels.

        Raises `RuntimeError` where the kernel dies or the time is up.
        """
        end = time.monotonic() + (timeout or float("inf"))
        while True:
            request = self.kernel_info()
            try:
                reply = await self.get_shell_msg(timeout=1)
                while reply["parent_header"].get("msg_id") != request:
                    reply = await self.get_shell_msg(timeout=1)
                self._handle_kernel_info_reply(reply)
                while not _idle(await self.get_iopub_msg(timeout=0.2), request):
                    pass
                return
            except Empty:
                if not await self.is_alive():
                    raise RuntimeError("the kernel died before it was ready") from None
                if time.monotonic() > end:
                    raise RuntimeError(f"the kernel was not ready within {timeout:.0f} s") from None


def _idle(message: dict[str, Any], request: str) -> bool:
    """Whether a message says that the kernel has finished `request`."""
    return message["parent_header"].get("msg_id") == request and message["content"].get("execution_state") == "idle"


def _register() -> None:
    """Make the provisioner known to jupyter_client in this process."""
    known = KernelProvisionerFactory.instance().provisioners
    known.setdefault(
        NAME, EntryPoint(NAME, f"{__name__}:{WarmProvisioner.__name__}", KernelProvisionerFactory.GROUP_NAME)
    )


class WarmKernelManager(AsyncKernelManager):
    """Kernels of the warm provisioner, reached over sockets in the file system.

    No port is opened, so nobody else on the machine can talk to a kernel.
    """

    def client(self, **more: Any) -> Any:
        """A client that does not wait longer than it must."""
        self.client_factory = WarmKernelClient
        return super().client(**more)

    @default("transport")
    def _own_transport(self) -> str:
        # a socket's path may have 107 bytes, of which name and channel need 20
        return "ipc" if os.name == "posix" and len(os.fsencode(self._sockets())) < 85 else "tcp"

    @default("ip")
    def _own_address(self) -> str:
        # an absolute path, as kernel and client have different working folders
        return f"{self._sockets()}/{uuid4().hex[:12]}" if self.transport == "ipc" else "127.0.0.1"

    def _sockets(self) -> str:
        return os.environ.get("JUPYTER_RUNTIME_DIR") or tempfile.gettempdir()

    @property
    def kernel_spec(self) -> KernelSpec | None:
        """The kernel's spec, with our provisioner named in it."""
        spec = super().kernel_spec
        if spec is not None:
            _register()
            spec.metadata = {**spec.metadata, "kernel_provisioner": {"provisioner_name": NAME}}
        return spec
