"""The server as `make run` starts it."""

import sys


def command(port: int, *, workers: int = 2, application: str = "newsdb.wsgi:application") -> list[str]:
    options = {"--host": "127.0.0.1", "--port": port, "--workers": workers, "--blocking-threads": 4}
    options |= {"--interface": "wsgi", "--log-level": "warning"}
    return [sys.executable, "-m", "granian", application, *(str(word) for option in options.items() for word in option)]
