"""Many texts, read by several processes: pure, so that a process needs no database and no Django."""

from collections.abc import Iterable, Iterator
from multiprocessing import get_context

from missions.edtf import Days
from missions.suggest import Suggestions, find
from missions.suggest.gazetteer import Gazetteer

CHUNK = 4  # texts handed to a process at once
Asked = tuple[str, str | None, Days | None]  # body, language, days of publication

_names: Gazetteer | None = None  # of a process that reads


def find_all(texts: Iterable[Asked], gazetteer: Gazetteer, jobs: int) -> Iterator[Suggestions]:
    """The suggestions of each text, in their order, as they are found."""
    if jobs <= 1:
        for text in texts:
            yield find(*text, gazetteer)
        return
    with get_context("spawn").Pool(jobs, initializer=_ready, initargs=(gazetteer,)) as pool:
        yield from pool.imap(_found, texts, chunksize=CHUNK)


def _ready(names: Gazetteer) -> None:
    global _names
    _names = names


def _found(text: Asked) -> Suggestions:
    return find(*text, _names)
