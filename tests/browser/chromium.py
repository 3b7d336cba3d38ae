"""The system's Chromium for the browser tests: found, or installed where that is allowed."""

import os
import shutil
import subprocess

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = "No Chromium: run `apt-get install chromium` as root, or BROWSER=none to leave the browser tests out."


def path() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def ready() -> str | None:
    """The browser's path; installed from Debian's packages where we are root, None where it can't be had."""
    if not (found := path()) and os.geteuid() == 0 and shutil.which("apt-get"):
        for command in (["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]):
            done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
            if done.returncode:
                return None
        found = path()
    return found


if __name__ == "__main__" and os.environ.get("BROWSER") != "none" and not ready():
    print(MISSING)
