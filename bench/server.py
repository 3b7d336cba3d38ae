"""The server as `make run` starts it, for a measurement."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests import serving
from tests.postgres import free_port


@dataclass(frozen=True, slots=True)
class Served:
    port: int
    pid: int

    def memory(self) -> list[int]:
        """Resident bytes of each process that answers."""
        return [_resident(pid) for pid in serving.workers(self.pid)]


def _resident(pid: int) -> int:
    [line] = (line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024


def _command(port: int, application: str) -> list[str]:
    """That of another application, by as many processes and threads as newsdb has."""
    options = f"--interface wsgi --port {port} --workers 2 --blocking-threads 4 --log-level warning"
    return [sys.executable, "-m", "granian", application, *options.split()]


@contextmanager
def served(application: str | None = None, **environment: str) -> Iterator[Served]:
    """A server of two processes that answers, whatever it answers: newsdb's, or one of another application."""
    port = free_port()
    command = _command(port, application) if application else serving.command(port)
    server = subprocess.Popen(command, env=os.environ | environment, stdout=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5)
            except urllib.error.HTTPError:
                break
            except OSError:
                time.sleep(0.1)
            else:
                break
        yield Served(port, server.pid)
    finally:
        server.terminate()
        server.wait(30)
