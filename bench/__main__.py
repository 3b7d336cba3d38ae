"""What docs/performance.md tells of requests, exports, starts and memory, on one dataset, one after the other.

    python -m bench [deployments]

DATABASE_URL names a PostgreSQL that bench.generate has filled; without it one is started and filled (a minute for 50,000).
"""

import sys

from bench import exports, requests, start
from bench.database import filled

if __name__ == "__main__":
    with filled(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000):
        requests.measure(seconds=3)
        exports.measure()
        start.measure(requests=100_000)
