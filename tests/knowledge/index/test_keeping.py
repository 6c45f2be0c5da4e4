"""The index on disk is whole or not there, and is built only when something changed."""

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from assistant.searchable import index_of, stamp
from knowledge.errors import PackError
from knowledge.index import generations, keeping
from knowledge.index.index import Index
from knowledge.library import Library
from knowledge.passage import Passage
from knowledge.text import Text
from tests.knowledge.small_pack import small_pack

DAY = date(2026, 11, 21)


def passages(word: str = "滞报金") -> Iterator[Passage]:
    """Return one passage."""
    yield Passage("one", "one", "", "problem", Text(word, word), Text(word, word))


def test_what_is_opened_is_what_was_saved(tmp_path: Path, index: Index) -> None:
    """The same passages, the same stamp, the same hits."""
    Index.fresh(tmp_path, index.stamp, lambda: index.passages)
    opened = Index.open(tmp_path)
    assert opened.passages == index.passages
    assert opened.stamp == index.stamp
    for query in ("滞报金怎么算", "order 272 art. 20", "net wieght"):
        assert opened.find(query, DAY) == index.find(query, DAY)


def test_the_hash_of_the_content_is_the_same_everywhere(tmp_path: Path) -> None:
    """Whatever the stamp; other passages have another."""
    built = [Index.fresh(tmp_path / stamp, stamp, passages).content for stamp in "ab"]
    assert built[0] == built[1] == Index.open(tmp_path / "a").content
    assert Index.build(passages("净重")).content != built[0]


def test_opening_is_quick(tmp_path: Path, index: Index) -> None:
    """Well under 300 ms of the processor."""
    Index.fresh(tmp_path, index.stamp, lambda: index.passages)
    start = time.process_time()
    Index.open(tmp_path)
    assert time.process_time() - start < 0.3


def test_an_unchanged_pack_is_not_built_again(tmp_path: Path) -> None:
    """Only another stamp builds."""
    built = []

    def made() -> Iterator[Passage]:
        built.append(1)
        return passages()

    for mark, times in (("a", 1), ("a", 1), ("b", 2), ("b", 2)):
        assert Index.fresh(tmp_path, mark, made).stamp == mark
        assert len(built) == times


def test_the_stamp_follows_the_files_of_the_pack(tmp_path: Path) -> None:
    """A changed, added or removed file is another stamp; the same files are the same."""
    pack = small_pack(tmp_path / "pack")
    stamps = [stamp(Library(pack)), stamp(Library(pack))]
    assert stamps[0] == stamps[1]
    problem = pack / "problems/cn-late.md"
    problem.write_text(problem.read_text("utf-8").replace("尽快", "立即"), "utf-8")
    stamps.append(stamp(Library(pack)))
    problem.rename(problem.with_stem("cn-later"))
    stamps.append(stamp(Library(pack)))
    (pack / "services.csv").unlink()
    stamps.append(stamp(Library(pack)))
    assert len(set(stamps)) == 4


def test_a_changed_pack_is_found_at_once(tmp_path: Path) -> None:
    """What was written into the pack is in the next answer."""
    pack = small_pack(tmp_path / "pack")
    assert index_of(Library(pack), tmp_path).find("申报晚了", DAY)[0].passage.id == "cn-late"
    small_pack(tmp_path / "pack", cn_late=("申报晚了", "过境超期"))
    hit = index_of(Library(pack), tmp_path).find("过境超期", DAY)[0]
    assert hit.passage.title.zh == "过境超期"


def test_a_missing_index_is_told(tmp_path: Path) -> None:
    """With what to do about it."""
    with pytest.raises(PackError, match=r"there is no index.*knowledge build"):
        Index.open(tmp_path)


@pytest.mark.parametrize(
    "spoilt", ["empty", "cut short", "another file", "another version", "gone"]
)
def test_a_damaged_index_is_told_and_built_anew(tmp_path: Path, spoilt: str) -> None:
    """It is never used; asking for a fresh one builds it and names the file."""
    Index.fresh(tmp_path, "same", passages)
    (file,) = tmp_path.rglob(keeping.NAME)
    _spoil(file, spoilt)
    with pytest.raises(PackError, match="knowledge build"):
        Index.open(tmp_path)
    fresh = Index.fresh(tmp_path, "same", passages)
    assert fresh.find("滞报金", DAY)
    assert fresh.changes
    assert str(file) in fresh.changes.broken
    assert Index.open(tmp_path).stamp == "same"


def _spoil(file: Path, how: str) -> None:
    content = file.read_bytes()
    if how == "another version":
        with np.load(file) as held:
            np.savez(file, **(dict(held) | {"shape": np.array("0")}))
    elif how == "gone":
        file.unlink()
    else:
        kept = {
            "empty": b"",
            "cut short": content[: len(content) // 2],
            "another file": b"%PDF-1.7",
        }
        file.write_bytes(kept[how])


@pytest.mark.parametrize(
    "pointer", [b"", b"{}", b"g-1", b'{"generation":"../../etc","stamp":"same"}', b"\xff"]
)
def test_a_damaged_pointer_is_told_and_written_anew(tmp_path: Path, pointer: bytes) -> None:
    """A pointer never leads out of the folder."""
    Index.fresh(tmp_path, "same", passages)
    file = tmp_path / generations.CURRENT
    file.write_bytes(pointer)
    with pytest.raises(PackError, match="knowledge build"):
        Index.open(tmp_path)
    assert Index.fresh(tmp_path, "same", passages).find("滞报金", DAY)
    assert Index.open(tmp_path).stamp == "same"
