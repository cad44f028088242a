"""Warm kernels keep the semantics of ordinary ones."""

from __future__ import annotations

import asyncio
import os
import signal

import pytest

from helpers.site import forks, kernels

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def runtime(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path))


async def started():
    manager = kernels.WarmKernelManager(kernel_name="python3")
    await manager.start_kernel()
    client = manager.client()
    client.start_channels()
    await client.wait_for_ready(60)
    return manager, client


async def stopped(manager, client):
    client.stop_channels()
    await manager.shutdown_kernel(now=True)


async def value(client, source, timeout=30):
    """Text that a cell prints, or the name of its error."""
    said = []

    def hook(message):
        if message["msg_type"] == "stream":
            said.append(message["content"]["text"])
        elif message["msg_type"] == "error":
            said.append(message["content"]["ename"])

    await client.execute_interactive(source, output_hook=hook, timeout=timeout)
    return "".join(said).strip()


def run(story):
    async def told():
        manager, client = await started()
        try:
            return await story(manager, client)
        finally:
            await stopped(manager, client)

    return asyncio.run(told())


def test_imports_are_done_and_every_kernel_is_a_process_of_its_own():
    async def story(manager, client):
        other, another = await started()
        try:
            await value(client, "secret = 1")
            assert await value(another, "print('secret' in globals())") == "False"
            pids = {await value(c, "import os; print(os.getpid())") for c in (client, another)}
            assert len(pids) == 2 and str(os.getpid()) not in pids
            there = "{'seaborn', 'scipy.special', 'helpers.show.charts', 'helpers.selection'}"
            return await value(client, f"import sys; print({there} <= set(sys.modules))")
        finally:
            await stopped(other, another)

    assert run(story) == "True"


def test_interrupt_reaches_the_cell_and_leaves_the_kernel():
    async def story(manager, client):
        cell = asyncio.create_task(value(client, "import time; print('in', flush=True); time.sleep(60)"))
        await asyncio.sleep(1)
        await manager.interrupt_kernel()
        assert "KeyboardInterrupt" in await cell
        return await value(client, "print(6 * 7)")

    assert run(story) == "42"


def test_restart_gives_a_new_process_without_the_old_names():
    async def story(manager, client):
        await value(client, "kept = 1")
        before = manager.provisioner.pid
        await manager.restart_kernel(now=True)
        await client.wait_for_ready(60)
        assert manager.provisioner.pid != before
        return await value(client, "print('kept' in globals())")

    assert run(story) == "False"


def test_a_killed_kernel_is_noticed():
    async def story(manager, client):
        os.kill(manager.provisioner.pid, signal.SIGKILL)
        for _ in range(100):
            if not await manager.is_alive():
                return True
            await asyncio.sleep(0.05)
        return False

    assert run(story)


def test_no_process_or_socket_is_left(tmp_path):
    async def story(manager, client):
        return manager.provisioner.pid

    pid = run(story)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert not list(tmp_path.iterdir())


def test_without_fork_ordinary_kernels_start(monkeypatch):
    monkeypatch.setattr(forks, "POSSIBLE", False)

    async def story(manager, client):
        return type(manager.provisioner.process).__name__, await value(client, "print(1 + 1)")

    assert run(story) == ("Popen", "2")


def test_the_server_imports_what_the_notebooks_import_and_draws_every_kind_of_chart():
    from helpers.site import preload

    assert {"helpers.selection", "helpers.show.charts", "helpers.analyses.throughput"} <= set(preload.ours())
    preload.warm()
