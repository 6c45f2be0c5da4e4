"""A build takes over what did not change, and what serves is always whole."""

import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.index import building, generations, keeping
from knowledge.index.index import Index
from knowledge.index.keeping import NAME
from knowledge.passage import Passage
from knowledge.text import Text
from tests.reports import HOME

DAY = date(2026, 11, 21)
CLAUSES = (
    *("滞报金自第十五日起征收", "净重不得大于毛重", "担保放行", "late declaration fee", ""),
    *("收货人应当如实申报", "税号 8413.70.3190", "GACC order 272", "免税进口", "net weight"),
)


def passage(name: str, *said: int, kind: str = "source") -> Passage:
    """Return a passage that says some of the clauses."""
    told = [CLAUSES[number % len(CLAUSES)] for number in said]
    title = Text(told[0] if told else "", name)
    asked = tuple(told[1:]) if kind == "problem" else ()
    return Passage(name, name, "1", kind, title, Text("，".join(told), ""), asked=asked)  # type: ignore[arg-type]


SAID = st.lists(st.integers(0, len(CLAUSES) - 1), max_size=4)
NAMES = st.sampled_from("abcdefgh")
EDITIONS = st.lists(
    st.dictionaries(NAMES, st.tuples(SAID, st.sampled_from(["source", "problem", "term"]))),
    min_size=1,
    max_size=4,
)


@given(editions=EDITIONS)
@settings(max_examples=40, deadline=None)
def test_taking_over_gives_the_same_bytes_as_building_from_nothing(
    editions: list[dict[str, tuple[list[int], str]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever was added, changed, moved or removed in between."""
    home, before = tmp_path_factory.mktemp("index"), set[Passage]()
    for number, edition in enumerate(editions):
        held = [passage(name, *said, kind=kind) for name, (said, kind) in edition.items()]
        index = Index.fresh(home, str(number), lambda held=held: held)  # type: ignore[misc]
        alone = home / f"alone-{number}"
        Index.fresh(alone, "", lambda held=held: held)  # type: ignore[misc]
        assert _served(home).read_bytes() == _served(alone).read_bytes()
        assert index.changes
        assert index.changes.kept == len(before & set(held))
        before = set(held)


def test_a_build_tells_what_it_did(tmp_path: Path) -> None:
    """How many passages it took over, found new or changed, and missed."""
    held = [passage(name, number) for number, name in enumerate("abcd")]
    assert _changes(tmp_path, held, "1") == building.Changes(0, 4, 0, 0)
    held[1] = passage("b", 7)
    assert _changes(tmp_path, [*held[:3], passage("e", 1)], "2") == building.Changes(2, 1, 1, 1)
    assert _changes(tmp_path, [], "3") == building.Changes(0, 0, 0, 4)


def test_only_what_changed_is_counted_anew(tmp_path: Path) -> None:
    """The progress goes over the new passages alone, from nothing to all."""
    told: list[tuple[int, int]] = []
    held = [passage(f"a{number}", number) for number in range(20)]
    Index.fresh(tmp_path, "1", lambda: held, told=lambda *each: told.append(each))
    held.append(passage("b", 1))
    Index.fresh(tmp_path, "2", lambda: held, told=lambda *each: told.append(each))
    assert told == [(0, 20), (20, 20), (0, 1), (1, 1)]


def test_the_same_passages_only_move_the_pointer(tmp_path: Path) -> None:
    """Files that were touched and say the same make no new generation."""
    held = [passage("a", 1)]
    Index.fresh(tmp_path, "1", lambda: held)
    file = _served(tmp_path)
    assert _changes(tmp_path, held, "2") == building.Changes(1, 0, 0, 0)
    assert _served(tmp_path) == file
    assert Index.open(tmp_path).stamp == "2"


def test_a_reader_of_an_older_generation_goes_on(tmp_path: Path) -> None:
    """It answers as before, while whoever opens the index gets the new one."""
    Index.fresh(tmp_path, "1", lambda: [passage("a", 0)])
    reader = Index.open(tmp_path)
    Index.fresh(tmp_path, "2", lambda: [passage("b", 0)])
    assert [hit.passage.id for hit in reader.find("滞报金", DAY)] == ["a"]
    assert [hit.passage.id for hit in Index.open(tmp_path).find("滞报金", DAY)] == ["b"]


def test_older_generations_are_swept_an_hour_later(tmp_path: Path) -> None:
    """Never the one that serves, and none that was touched within the hour."""
    for stamp in "12":
        Index.fresh(tmp_path, stamp, lambda stamp=stamp: [passage(stamp, 0)])  # type: ignore[misc]
    left = tmp_path / "g-left"
    left.mkdir()
    (tmp_path / ".current-left").touch()
    assert len(list(tmp_path.iterdir())) == 5
    _age(tmp_path)
    Index.fresh(tmp_path, "3", lambda: [passage("3", 0)])
    assert {each.name for each in tmp_path.iterdir()} == {
        *(generations.CURRENT, _served(tmp_path).parent.name),
        *(each.name for each in tmp_path.iterdir() if (each / NAME).exists()),
    }
    assert len(list(tmp_path.iterdir())) == 3


def test_a_failed_build_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What served still does, and no half-written generation stays beside it."""
    Index.fresh(tmp_path, "old", lambda: [passage("a", 0)])
    before = sorted(tmp_path.rglob("*"))

    def full(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(keeping, "write", full)
    with pytest.raises(OSError, match="no space"):
        Index.fresh(tmp_path, "new", lambda: [passage("b", 0)])
    assert sorted(tmp_path.rglob("*")) == before
    assert Index.open(tmp_path).stamp == "old"


def test_two_builds_at_once_do_no_harm(tmp_path: Path) -> None:
    """Both end, each with its own passages, and what serves is one of them, whole."""

    def build(number: int) -> list[str]:
        held = [passage(f"{number}-{each}", each) for each in range(200)]
        index = Index.fresh(tmp_path, str(number), lambda: held)
        return [hit.passage.id for hit in index.find("滞报金", DAY)]

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(build, range(8)))
    for number, ids in enumerate(found):
        assert ids
        assert all(name.startswith(f"{number}-") for name in ids)
    serving = Index.open(tmp_path)
    assert {each.id.partition("-")[0] for each in serving.passages} == {serving.stamp}


BUILDER = """
import sys
from pathlib import Path
from knowledge.index.index import Index
from tests.knowledge.index.test_building import passage

print("ready", flush=True)
for turn in range(1_000):
    held = [passage(f"{sys.argv[2]}.{turn}-{each}", each, each + 1) for each in range(400)]
    Index.fresh(Path(sys.argv[1]), f"{sys.argv[2]}.{turn}", lambda: held)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
def test_a_build_killed_at_any_point_leaves_a_whole_index(tmp_path: Path) -> None:
    """Ten builders, each killed at another point; what serves afterwards is complete."""
    Index.fresh(tmp_path, "0.0", lambda: [passage("0.0-0", 0)])
    chance = random.Random(1)
    for life in range(1, 11):
        builder = subprocess.Popen(
            [sys.executable, "-c", BUILDER, str(tmp_path), str(life)],
            cwd=HOME,
            stdout=subprocess.PIPE,
        )
        assert builder.stdout
        with builder.stdout:
            assert builder.stdout.readline() == b"ready\n"
            time.sleep(chance.uniform(0, 0.25))
            builder.send_signal(signal.SIGKILL)
            assert builder.wait(60) == -signal.SIGKILL
        index = Index.open(tmp_path)
        assert {each.id.partition("-")[0] for each in index.passages} == {index.stamp}
        assert len(index.passages) == (1 if index.stamp == "0.0" else 400)
        assert index.find("滞报金", DAY)


def _changes(home: Path, held: list[Passage], stamp: str) -> building.Changes | None:
    return Index.fresh(home, stamp, lambda: held).changes


def _served(home: Path) -> Path:
    return home / generations.serving(home).generation / NAME


def _age(home: Path) -> None:
    """Make everything look untouched for more than an hour."""
    long_ago = time.time() - generations.FORGOTTEN_SECONDS - 1
    for each in home.iterdir():
        os.utime(each, (long_ago, long_ago))
