"""How soon a start answers on a filled database, and whether the server's processes keep their size.

    python -m bench.start [deployments] [requests]

Seconds from the start of the server, as `make run` starts it, until it has prepared the database, to the first answered list of the API
and to the first answered page: the first start, and three more. Then so many requests of many kinds (100,000), with the memory of each server
process after every tenth part.

DATABASE_URL names a PostgreSQL that bench.generate has filled; without it one is started and filled.
"""

import http.client
import subprocess
import sys
import time

from bench.client import load
from bench.database import filled
from bench.requests import questions
from bench.server import served
from tests import serving
from tests.postgres import free_port

STARTS = 4
PARTS = 10
PAGES = ("/api/v1/deployments/", "/en/")


def start() -> dict[str, float]:
    """Seconds from the start of the process to each first answer."""
    port, begun, found = free_port(), time.perf_counter(), {}
    server = subprocess.Popen(serving.command(port, prepare=True), stdout=subprocess.PIPE)
    try:
        server.stdout.readline()  # what it serves, once all is prepared
        found["prepared"] = time.perf_counter() - begun
        for page in PAGES:
            while not answers(port, page):
                time.sleep(0.005)
            found[page] = time.perf_counter() - begun
    finally:
        server.terminate()
        server.wait(30)
    return found


def answers(port: int, path: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status == 200
    except OSError:
        return False
    finally:
        connection.close()


def flat(requests: int) -> None:
    """Requests of every kind, among them thousands of different addresses, over processes that keep their answers."""
    from missions.models import Deployment

    asked = [one.path for one in questions() if one.headers is None and "/summary/" not in one.path]
    pages = min(2000, Deployment.objects.filter(state="published").count() // 20)
    asked += [f"/api/v1/deployments/?page={page}&page_size=20" for page in range(1, pages)]
    asked += [f"/api/v1/deployments/?page_size={size}&status=active" for size in range(1, 300)]
    with served() as server:
        print(f"{'requests':>10}{'requests/s':>12}{'MB of each process':>24}")
        done = 0
        for part in range(PARTS):
            while done < requests * (part + 1) / PARTS:
                first = done % len(asked)
                found = load(server.port, asked[first:] + asked[:first], seconds=5, warm=0)
                done += len(found.took)
            sizes = " ".join(f"{size / 1e6:>9.1f}" for size in server.memory())
            print(f"{done:>10,}{found.rate:>12,.0f}{sizes:>24}")


def measure(requests: int) -> None:
    print(f"{'seconds until':20}{'prepared':>12}{'first list':>12}{'first page':>12}")
    for number in range(STARTS):
        found = start()
        print(f"{f'start {number + 1}':20}" + "".join(f"{seconds:>12.2f}" for seconds in found.values()))
    flat(requests)


if __name__ == "__main__":
    numbers = [*map(int, sys.argv[1:]), *(50_000, 100_000)[len(sys.argv) - 1 :]]
    with filled(numbers[0]):
        measure(numbers[1])
