"""A load of HTTP requests over several connections that stay open, from one thread, so that it takes little of the machine.

It reads answers by their Content-Length or chunks and looks at nothing but the status.
"""

import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle

END = b"\r\n\r\n"


@dataclass(slots=True)
class Load:
    """What a load found: requests a second, milliseconds, bytes of one answer."""

    seconds: float = 0.0
    took: list[float] = field(default_factory=list)
    refused: int = 0
    status: bytes = b""
    size: int = 0

    @property
    def rate(self) -> float:
        return len(self.took) / self.seconds

    def quantile(self, share: float) -> float:
        ordered = sorted(self.took)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class _Connection:
    def __init__(self, port: int):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.begin()

    def begin(self) -> None:
        self.buffer, self.length, self.chunked, self.sent = bytearray(), None, False, time.perf_counter()

    def whole(self) -> bool:
        """Takes what has come; whether the answer is there to its end."""
        data = self.socket.recv(1 << 20)
        if not data:
            raise ConnectionError("The server closed the connection.")
        self.buffer += data
        if self.length is None and not self.chunked:
            end = self.buffer.find(END)
            if end < 0:
                return False
            head = bytes(self.buffer[:end]).lower()
            at = head.find(b"\r\ncontent-length:")
            if at >= 0:
                self.length = end + 4 + int(head[at + 17 :].split(b"\r\n", 1)[0])
            elif b"\r\ntransfer-encoding: chunked" in head:
                self.chunked = True
            else:
                self.length = end + 4  # 304 and 204 have no body
        if self.chunked:
            return self.buffer.endswith(b"0\r\n\r\n")
        return len(self.buffer) >= self.length


def load(port: int, paths: Sequence[str], *, seconds=3.0, connections=8, headers=None, warm=0.5) -> Load:
    """Ask for the paths in turn for so many seconds, each connection one request at a time; a warm-up is not counted."""
    more = "".join(f"{name}: {value}\r\n" for name, value in (headers or {}).items())
    requests = cycle([f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{more}\r\n".encode() for path in paths])
    found = Load()
    with selectors.DefaultSelector() as selector:
        for _ in range(connections):
            one = _Connection(port)
            selector.register(one.socket, selectors.EVENT_READ, one)
            one.socket.sendall(next(requests))
        start = time.perf_counter() + warm
        end = start + seconds
        waiting = connections
        while waiting:
            for key, _ in selector.select(timeout=60):
                one = key.data
                if not one.whole():
                    continue
                now = time.perf_counter()
                if now >= start:
                    found.took.append(now - one.sent)
                status = bytes(one.buffer[9:12])
                if status not in (b"200", b"304"):
                    found.refused += 1
                found.status, found.size = status, len(one.buffer)
                if now >= end:
                    selector.unregister(one.socket)
                    one.socket.close()
                    waiting -= 1
                    continue
                one.begin()
                one.socket.sendall(next(requests))
        found.seconds = time.perf_counter() - start
    return found


def lines(port: int, path: str) -> Iterator[bytes]:
    """One long answer, piece by piece as it comes."""
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", path)
    answer = connection.getresponse()
    assert answer.status == 200, answer.status
    while piece := answer.read(1 << 16):
        yield piece
