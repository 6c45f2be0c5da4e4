"""The store: one law in several versions, each on its days, whatever happens while it is written."""

import json
import signal
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from knowledge.errors import PackError
from knowledge.importing.normal import lines_of
from knowledge.importing.official_text import OfficialText
from knowledge.importing.raw import RawText
from knowledge.importing.store import Store
from knowledge.importing.understanding import Given, understand
from knowledge.span import Span
from tests.knowledge.importing.papers import law

HOME = Path(__file__).parents[3]


def text(
    day: str = "2020-03-01",
    since: str = "2020-06-01",
    file: str = "a.txt",
    articles: int = 12,
    words: Mapping[int, str] | None = None,
) -> OfficialText:
    """Return a version of the law on plane trees."""
    head = f"{_written(day)} 第十届全国人民代表大会常务委员会第一次会议通过"
    last = f"本法自{_written(since)}起施行。"
    said = law(head=head, last=last, articles=articles, words=words)
    return understand(RawText(tuple(lines_of(said))), file)


def _written(day: str) -> str:
    year, month, first = day.split("-")
    return f"{year}年{int(month)}月{int(first)}日"


OLD = text()
NEW = text("2023-01-15", "2023-02-01", "b.txt", articles=13, words={2: "新的第二条。"})
LAW = OLD.id


def test_a_new_version_ends_the_older_one(tmp_path: Path) -> None:
    """One law, two spans, in whichever order the versions come."""
    for site, order in (("one", [OLD, NEW]), ("two", [NEW, OLD])):
        store = Store(tmp_path / site)
        assert [each.outcome for each in store.keep(order)] == ["stored", "stored"]
        assert [held.span for held in store.versions(LAW)] == [
            Span(date(2020, 6, 1), date(2023, 1, 31)),
            Span(date(2023, 2, 1), None),
        ]
        assert store.on(date(2020, 5, 31)) == ()
        assert [held.version for held in store.on(date(2023, 1, 31))] == [date(2020, 3, 1)]
        assert [held.version for held in store.on(date(2023, 2, 1))] == [date(2023, 1, 15)]
    assert (tmp_path / "one" / "texts" / LAW / "2020-03-01.json").is_file()


def test_articles_are_found_by_place_and_day(tmp_path: Path) -> None:
    """The wording of the day is given, with the headings above it; nothing where there is none."""
    store = Store(tmp_path)
    store.keep([OLD, NEW])
    old, new = (store.article(LAW, "2", day) for day in (date(2021, 1, 1), date(2024, 1, 1)))
    assert old
    assert new
    assert (old.text, new.text) == (
        "第二条 梧桐树的第2种情形，由主管部门决定。",
        "第二条 新的第二条。",
    )
    assert old.under == ("第一章 总则",)
    part = store.article(LAW, "2.1", date(2024, 1, 1))
    assert part
    assert part.text == new.text
    assert store.article(LAW, "99", date(2024, 1, 1)) is None
    assert store.article(LAW, "2", date(2019, 1, 1)) is None
    assert store.article("cn-none", "2", date(2024, 1, 1)) is None


def test_the_same_text_twice_is_one(tmp_path: Path) -> None:
    """Whatever its blanks, its file and the words of its page, it is there already."""
    store = Store(tmp_path)
    store.keep([OLD])
    spaced = OLD._replace(pieces=tuple(piece._replace(text=f" {piece.text}\n") for piece in OLD.pieces), source="c.docx")  # fmt: skip
    assert [each.outcome for each in store.keep([spaced, OLD])] == ["there", "there"]
    assert len(store.held()) == 1


@pytest.mark.parametrize(
    "other",
    [text(file="b.txt", articles=11), text("2020-04-01", file="b.txt", articles=11)],
    ids=["the same version day", "the same first day"],
)
def test_two_texts_of_one_day_are_refused(tmp_path: Path, other: OfficialText) -> None:
    """Both files are named, and the first one stays."""
    store = Store(tmp_path)
    store.keep([OLD])
    (taken,) = store.keep([other])
    assert taken.outcome == "refused"
    assert taken.refused
    told = taken.refused.told()
    assert "a.txt" in told.zh
    assert "b.txt" in told.zh
    assert "a.txt" in told.en
    assert "b.txt" in told.en
    assert [held.hash for held in store.held()] == [OLD.hash()]


def test_two_texts_of_one_day_are_refused_in_one_go(tmp_path: Path) -> None:
    """The second one of a batch is refused as if it came later."""
    outcomes = [
        each.outcome for each in Store(tmp_path).keep([OLD, text(file="b.txt", articles=11), NEW])
    ]
    assert outcomes == ["stored", "refused", "stored"]


def test_a_text_takes_the_place_of_another_when_asked(tmp_path: Path) -> None:
    """Only the right one is left, and of the wrong one no file."""
    store = Store(tmp_path)
    store.keep([OLD, NEW])
    right = text(file="b.txt", articles=11)
    assert [each.outcome for each in store.keep([right], replace=True)] == ["stored"]
    assert [held.hash for held in store.versions(LAW)] == [right.hash(), NEW.hash()]
    assert len(list((store.folder / LAW).glob("*.json"))) == 2
    wording = store.article(LAW, "11", date(2021, 1, 1))
    assert wording
    assert wording.text.endswith("起施行。")


def test_a_first_day_is_put_right_when_asked(tmp_path: Path) -> None:
    """The same text with another day given replaces itself."""
    store = Store(tmp_path)
    store.keep([OLD])
    later = understand(
        RawText(tuple(piece.text for piece in OLD.pieces)),
        "a.txt",
        Given(effective=date(2020, 9, 1)),
    )
    assert [each.outcome for each in store.keep([later])] == ["there"]
    assert [each.outcome for each in store.keep([later], replace=True)] == ["stored"]
    assert [held.since for held in store.held()] == [date(2020, 9, 1)]


def test_another_title_is_noted(tmp_path: Path) -> None:
    """A version under a wrong id is stored as asked, and said to look strange."""
    store = Store(tmp_path)
    store.keep([OLD])
    (taken,) = store.keep([NEW._replace(title="槐树法")])
    assert taken.note
    assert "中华人民共和国梧桐法" in taken.note.zh


def test_versions_are_compared(tmp_path: Path) -> None:
    """Added, removed, changed with both wordings, moved; days of one version do not differ."""
    store = Store(tmp_path)
    store.keep([OLD, NEW])
    found = store.diff(LAW, date(2021, 1, 1), date(2024, 1, 1))
    assert found
    assert found.changed[0].before.text.strip() == "第二条 梧桐树的第2种情形，由主管部门决定。"
    assert found.changed[0].after.text.strip() == "第二条 新的第二条。"
    assert [piece.place for piece in found.added] == ["12"]
    assert not found.removed
    assert [(each.before.place, each.after.place) for each in found.changed[1:]] == [("12", "13")]
    same = store.diff(LAW, date(2021, 1, 1), date(2022, 1, 1))
    assert same
    assert not any(same)
    assert store.diff(LAW, date(2000, 1, 1), date(2024, 1, 1)) is None


def test_an_article_taken_out_moves_the_others(tmp_path: Path) -> None:
    """Articles that only got another number are no change."""
    kinds = ["花", "果", "叶", "根", "枝", "皮", "籽", "芽"]
    old = text(articles=9, words={n: f"{kind}：{kind * 20}。" for n, kind in enumerate(kinds, 1)})
    fewer = [kind for kind in kinds if kind != "叶"]
    new = text(
        "2023-01-15",
        "2023-02-01",
        articles=8,
        words={n: f"{kind}：{kind * 20}。" for n, kind in enumerate(fewer, 1)},
    )
    store = Store(tmp_path)
    store.keep([old, new])
    found = store.diff(LAW, date(2021, 1, 1), date(2024, 1, 1))
    assert found
    assert [piece.place for piece in found.removed] == ["3"]
    assert [(each.before.place, each.after.place) for each in found.moved] == [
        (str(n + 1), str(n)) for n in range(3, 8)
    ]
    assert [each.before.place for each in found.changed] == ["9"]


KILLED = """
import os, signal, sys
from pathlib import Path
from knowledge.importing import store_files
from tests.knowledge.importing.test_store import NEW, OLD, text
from knowledge.importing.store import Store
left = int(sys.argv[2])
sync = os.fsync
def killed(handle):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    sync(handle)
store_files.os.fsync = killed
Store(Path(sys.argv[1])).keep([NEW, text(file="c.txt", articles=11)], replace=True)
"""


@pytest.mark.parametrize("syncs", range(6))
def test_a_writer_killed_in_the_middle_leaves_the_store_as_it_was(
    tmp_path: Path, syncs: int
) -> None:
    """Killed at any file, before or after its renaming, all or nothing was stored."""
    Store(tmp_path).keep([OLD])
    before = Store(tmp_path).held()
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), str(syncs)], cwd=HOME, check=False
    )
    assert done.returncode == -signal.SIGKILL
    store = Store(tmp_path)
    if syncs < 5:  # the index is renamed before the last sync
        assert store.held() == before
        assert store.pieces(before[0]) == OLD.pieces
    assert all(store.pieces(held) for held in store.held())
    store.keep([NEW])
    assert len(store.held()) == 2
    assert not list(tmp_path.rglob(".aside-*"))


def test_two_writers_wait_for_each_other(tmp_path: Path) -> None:
    """What both store is there in the end."""
    program = (
        "import sys; from pathlib import Path\n"
        "from tests.knowledge.importing.test_store import OLD\n"
        "from knowledge.importing.store import Store\n"
        "for n in range(12):\n"
        "    Store(Path(sys.argv[1])).keep([OLD._replace(id=f'cn-{sys.argv[2]}-{n}')])\n"
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", program, str(tmp_path), name], cwd=HOME)
        for name in ("a", "b")
    ]
    assert [writer.wait() for writer in writers] == [0, 0]
    assert len(Store(tmp_path).held()) == 24


@pytest.mark.parametrize(
    "spoilt", ["", "{", "[]", '{"format": 9, "texts": []}', '{"format": 1, "texts": [{"id": "x"}]}']
)
def test_an_index_changed_by_hand_is_named(tmp_path: Path, spoilt: str) -> None:
    """The file is named, and nothing is written over it."""
    store = Store(tmp_path)
    store.keep([OLD])
    index = store.folder / "index.json"
    index.write_text(spoilt, "utf-8")
    with pytest.raises(PackError, match=r"index\.json"):
        store.keep([NEW])
    assert index.read_text("utf-8") == spoilt


def test_a_text_changed_by_hand_is_named(tmp_path: Path) -> None:
    """A file that is not what the index names is not believed."""
    store = Store(tmp_path)
    store.keep([OLD])
    file = store.folder / LAW / "2020-03-01.json"
    record = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps(record | {"hash": "0"}), "utf-8")
    with pytest.raises(PackError, match="not the text the index names"):
        store.article(LAW, "1", date(2021, 1, 1))
    file.unlink()
    with pytest.raises(PackError, match="cannot be read"):
        store.article(LAW, "1", date(2021, 1, 1))


def test_judging_writes_nothing(tmp_path: Path) -> None:
    """What would become of texts is told without a file."""
    store = Store(tmp_path / "site")
    assert [each.outcome for each in store.judge([OLD, OLD, NEW])] == ["stored", "there", "stored"]
    assert not (tmp_path / "site").exists()
