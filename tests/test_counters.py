"""How often each client asked, counted in one file by all threads and processes of a machine."""

import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import threading

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from missions.api.counters import NEAR, SIZE, SLOT, SLOTS, Counters, counters


@pytest.fixture
def path(tmp_path):
    return tmp_path / "var" / "requests.counts"


def count(path, name, times, window=7) -> None:
    for _ in range(times):
        counters(path).add(name, window)


def test_each_name_is_counted_by_itself_and_in_its_window(path):
    found = Counters(path)
    assert [found.add("a", 1), found.add("a", 1), found.add("b", 1), found.add("a", 2)] == [1, 2, 1, 1]


def test_a_window_that_is_past_gives_way(path):
    found = Counters(path)
    count(path, "a", 5, window=1)
    assert [found.add("a", 2), found.add("a", 2), found.add("a", 1)] == [1, 2, 1]


def test_no_count_is_lost_between_threads(path):
    threads = [threading.Thread(target=count, args=(path, name, 500)) for name in "aabb"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (counters(path).add("a", 7), counters(path).add("b", 7)) == (1001, 1001)


def test_no_count_is_lost_between_processes_that_make_the_file_together(path):
    spawn = multiprocessing.get_context("fork")
    processes = [spawn.Process(target=count, args=(path, "a", 500)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0] * 4
    assert Counters(path).add("a", 7) == 2001


def test_a_process_that_starts_later_counts_on(path):
    count(path, "a", 3)
    assert Counters(path).add("a", 7) == 4


def crowd(path, window=7) -> list[tuple[int, int, int]]:
    """The file's slots, each taken by somebody with a count of its own, none below 5."""
    slots = [(1, window, 5 + number % 90) for number in range(SLOTS)]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(SLOT.pack(*slot) for slot in slots))
    return slots


def test_where_all_slots_are_taken_nobody_is_charged_with_anothers_requests(path):
    before = crowd(path)
    assert Counters(path).add("new", 7) == 1
    after = list(SLOT.iter_unpack(path.read_bytes()))
    changed = [number for number in range(SLOTS) if before[number] != after[number]]
    assert len(changed) == 1
    # The least of those near it gave way.
    least = [number for number in range(SLOTS) if before[number][2] == before[changed[0]][2]]
    assert changed[0] in least
    assert Counters(path).add("new", 7) == 2


def test_a_crowd_of_names_is_counted_without_mistake_as_long_as_there_is_room(path):
    found = Counters(path)
    names = [f"192.0.2.{number}" for number in range(SLOTS // 32)]
    for _ in range(3):
        counted = [found.add(name, 7) for name in names]
    assert set(counted) == {3}
    assert NEAR > 1


@pytest.mark.parametrize("content", [b"", b"x" * 100, os.urandom(SIZE), b"\xff" * (SIZE + 4096)])
def test_a_file_that_was_cut_or_is_none_of_ours_is_taken_over(path, content):
    path.parent.mkdir()
    path.write_bytes(content)
    found = Counters(path)
    assert [found.add("a", 7) for _ in range(3)] == [1, 2, 3]
    assert path.stat().st_size == max(SIZE, len(content))


def test_a_file_is_never_cut_under_another_process_that_has_mapped_it(path):
    first = Counters(path)
    first.add("a", 7)
    Counters(path)
    assert first.add("a", 7) == 2


def test_the_file_is_its_owners_alone(path):
    Counters(path)
    assert path.stat().st_mode & 0o777 == 0o600


def _make_on_a_disk_with_little_room(path, told) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
    try:
        Counters(path)
    except ImproperlyConfigured as error:
        told.put(str(error))


def test_a_disk_that_takes_a_part_only_is_named_and_the_next_try_goes_on(path):
    told = multiprocessing.Queue()
    maker = multiprocessing.Process(target=_make_on_a_disk_with_little_room, args=(path, told))
    maker.start()
    assert "requests.counts" in told.get(timeout=20)
    maker.join()
    assert 0 < path.stat().st_size < SIZE
    assert Counters(path).add("a", 1) == 1
    assert path.stat().st_size == SIZE


def test_a_server_that_cannot_count_says_so_at_its_start(tmp_path):
    (tmp_path / "requests.counts").mkdir()
    environment = os.environ | {"NEWSDB_VAR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/newsdb.sqlite3"}
    command = [sys.executable, "-c", "import newsdb.wsgi"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode != 0
    assert "NEWSDB_VAR names a folder" in done.stderr


def test_a_place_that_cannot_be_written_is_named_with_the_mend(tmp_path):
    (tmp_path / "file").write_text("no folder")
    (tmp_path / "requests.counts").mkdir()
    for path in (tmp_path / "file" / "requests.counts", tmp_path / "requests.counts"):
        with pytest.raises(ImproperlyConfigured, match=r"requests\.counts: .*NEWSDB_VAR"):
            Counters(path)
