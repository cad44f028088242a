"""Warm kernels: every notebook in a process of its own, forked from a warm one (`forks.py`).

jupyter_client asks a provisioner to start a kernel's process. Ours is registered under the
name `itu-warm` (pyproject.toml) and asks the warm process for a fork, so a kernel is there in a
fraction of the time. Interrupt, restart, signals and the noticing of a dead kernel stay
jupyter_client's. Where there is no fork (Windows), kernels start the ordinary way.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty
from typing import Any
from uuid import uuid4

from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner
from jupyter_core.paths import jupyter_runtime_dir
from traitlets import default

from helpers import files
from helpers.site import forks


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


class WarmProvisioner(LocalProvisioner):
    """Starts this Python's ipykernel by fork; any other kernel the ordinary way."""

    process: Any = None  # a Popen, or a ForkedKernel

    async def launch_kernel(self, cmd: list[str], **more: Any) -> KernelConnectionInfo:
        """Fork the kernel that `cmd` would start."""
        if not forks.POSSIBLE or cmd[0] != sys.executable or "ipykernel_launcher" not in cmd:
            return await super().launch_kernel(cmd, **more)
        arguments = cmd[cmd.index("ipykernel_launcher") + 1 :]
        self.process = forks.ForkedKernel(arguments, dict(more.get("env") or os.environ), more.get("cwd"))
        self.pid = self.process.pid
        self.pgid = None  # signals go to the kernel itself
        await self._until_bound()
        return self.connection_info

    async def wait(self) -> int | None:
        """Wait for the kernel's end without the parent class's 0.1 s steps."""
        while (code := await self.poll()) is None:
            await asyncio.sleep(0.005)
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


class WarmKernelManager(AsyncKernelManager):
    """Kernels of the warm provisioner, reached over sockets in the file system.

    No port is opened, so nobody else on the machine can talk to a kernel.
    """

    @property
    def kernel_spec(self) -> KernelSpec | None:
        """The kernel's spec, with our provisioner named in it."""
        spec = super().kernel_spec
        if spec is not None and not forks.reason_for_ordinary():
            spec.metadata = {**spec.metadata, "kernel_provisioner": {"provisioner_name": forks.NAME}}
        return spec

    def client(self, **more: Any) -> Any:
        """A client that does not wait longer than it must."""
        self.client_factory = WarmKernelClient
        return super().client(**more)

    @default("transport")
    def _own_transport(self) -> str:
        # a socket's path may have 107 bytes, of which name and channel need 20
        return "ipc" if os.name == "posix" and len(os.fsencode(jupyter_runtime_dir())) < 85 else "tcp"

    @default("ip")
    def _own_address(self) -> str:
        if self.transport != "ipc":
            return "127.0.0.1"
        folder = Path(jupyter_runtime_dir())  # absolute, as kernel and client have different working folders
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return f"{folder}/{uuid4().hex[:12]}"
