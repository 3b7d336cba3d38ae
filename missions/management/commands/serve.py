import os
import socket
from importlib import import_module

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

APPLICATION = "newsdb.wsgi"


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
        self._must_be_free(host, port)
        if prepare:
            call_command("prepare", stdout=self.stdout)
        # The processes are forked from this one: none of them has to load the application again.
        import_module(APPLICATION)
        self._let_go()
        for name, path in (("Site: ", "/"), ("Admin:", "/admin/"), ("API:  ", "/api/v1/")):
            self.stdout.write(f"{name} http://{f'[{host}]' if ':' in host else host}:{port}{path}")
        self.stdout.flush()
        Granian(
            f"{APPLICATION}:application", host, port, interface=Interfaces.WSGI, workers=workers, blocking_threads=threads,
            respawn_failed_workers=True, log_level=LogLevels.warning,
        ).serve()  # fmt: skip

    def _must_be_free(self, host: str, port: int):
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

    def _let_go(self):
        """Connections and pools end here: a process cannot use those of another."""
        for connection in connections.all(initialized_only=True):
            connection.close()
            if connection.vendor == "postgresql":
                connection.close_pool()
