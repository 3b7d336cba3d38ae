import ctypes
import os
import signal
import socket
import sys
from contextlib import suppress
from importlib import import_module

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from missions.management.commands.prepare import MANIFEST
from newsdb.failures import FAILURES, UNPREPARED, is_prepared

APPLICATION = "newsdb.wsgi"
LAST_ANSWERS = 10  # seconds that a process has for the answers under way when the server stops
PR_SET_PDEATHSIG = 1  # of Linux's prctl


class Command(BaseCommand):
    help = "Serve the site, the desk and the API by processes that begin with all that is loaded."
    requires_system_checks = ()  # a fifth of a second at each start; migrations and the tests run them

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen at (127.0.0.1)")
        parser.add_argument("--port", default=8000, type=int, help="the port to listen at (8000)")
        parser.add_argument(
            "--workers", default=2, type=int, help="processes (2): begin with as many as there are cores"
        )
        parser.add_argument("--threads", default=4, type=int, help="threads of each process (4)")
        parser.add_argument("--prepare", action="store_true", help="make the database ready first, as `prepare` does")

    def handle(self, *, host, port, workers, threads, prepare, **options):
        for name, number, most in (("port", port, 65_535), ("workers", workers, 1_000), ("threads", threads, 1_000)):
            if not 1 <= number <= most:
                raise CommandError(f"--{name} {number}: give a number from 1 to {most}.")
        address = self._free_address(host, port)
        if prepare:
            call_command("prepare", stdout=self.stdout)
        else:
            self._must_be_prepared()
        # The processes are forked from this one: none of them has to load the application again.
        import_module(APPLICATION)
        self._let_go()
        for name, path in (("Site: ", "/"), ("Admin:", "/admin/"), ("API:  ", "/api/v1/")):
            self.stdout.write(f"{name} http://{f'[{host}]' if ':' in host else host}:{port}{path}")
        self.stdout.flush()
        os.register_at_fork(after_in_child=_begin)
        Server(
            f"{APPLICATION}:application", address, port, interface=Interfaces.WSGI, workers=workers, blocking_threads=threads,
            respawn_failed_workers=True, workers_kill_timeout=LAST_ANSWERS, log_level=LogLevels.warning,
        ).serve()  # fmt: skip

    def _free_address(self, host: str, port: int) -> str:
        """Two servers at one port would answer in turn: each asks for it so that the others of its processes may have it too."""
        try:
            family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
            with socket.socket(family, kind, protocol) as tried:
                tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                tried.bind(address)
        except OSError as error:
            told = error.strerror or os.strerror(error.errno)
            raise CommandError(
                f"Nothing can be served at {host}:{port}: {told}. Choose another one: --host, --port (make run HOST=… PORT=…)."
            ) from error
        return address[0]

    def _must_be_prepared(self):
        """A database that is away may come back while one serves; one that was never prepared does not."""
        with suppress(*FAILURES):
            if not is_prepared():
                raise CommandError(f"{UNPREPARED} `serve --prepare` does it first.")
        if not MANIFEST.exists():
            raise CommandError(
                f"There are no static files in {settings.STATIC_ROOT}: `serve --prepare` collects them first."
            )

    def _let_go(self):
        """Connections and pools end here: a process cannot use those of another."""
        for connection in connections.all(initialized_only=True):
            connection.close()
            if connection.vendor == "postgresql":
                connection.close_pool()


class Server(Granian):
    """granian, which ends with the terminal that it was started from; elsewhere SIGHUP has it begin its processes anew."""

    def __init__(self, *words, **options):
        super().__init__(*words, **options)
        self.at_a_terminal = sys.stdin.isatty()

    def signal_handler_reload(self, *words, **options):
        if self.at_a_terminal:
            self.signal_handler_interrupt()
        else:
            super().signal_handler_reload(*words, **options)


def _begin():
    """What a process of the server's begins with.

    It is told to stop by its parent alone: Ctrl-C would reach both, and of two signals at once granian may heed none. It stops
    when its parent is killed. And until it listens to signals itself they do what they do by default, instead of what the
    parent does with them.
    """
    os.setpgid(0, 0)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
