"""Finding what the pack knows, building its index, and checking that it holds together."""

import json
import re
from datetime import date
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from assistant.cli import searching
from knowledge.library import Library
from tests.knowledge.small_pack import small_pack


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder to keep the index in."""
    return tmp_path_factory.mktemp("index")


def run(command: click.Command, *arguments: object) -> Result:
    """Run a command within this process."""
    return CliRunner().invoke(command, [str(each) for each in arguments])


def test_hits_are_listed_in_the_language_asked_for(kept: Path) -> None:
    """Number, title, id, kind, status and the beginning of the text."""
    zh = run(searching.search, "滞报金", "怎么算", "--index", kept)
    assert zh.exit_code == 0
    assert zh.stdout.startswith(" 1. 滞报金怎么算")
    assert "[cn-late-declaration-fee]  problem" in zh.stdout
    en = run(searching.search, "late declaration fee", "--lang", "en", "--index", kept)
    assert "The late-declaration fee and its relief" in en.stdout


def test_hits_as_json_have_the_promised_keys(kept: Path) -> None:
    """For programs."""
    result = run(searching.search, "CN-W001", "--json", "--limit", "1", "--index", kept)
    (hit,) = json.loads(result.stdout)
    assert list(hit) == [
        *("id", "entry", "place", "kind", "title", "text", "since", "until"),
        *("status", "jurisdiction", "score", "why", "marks", "at"),
    ]
    assert hit["id"] == "CN-W001"
    assert list(hit["title"]) == ["zh", "en"]


def test_the_day_asked_about_decides(kept: Path) -> None:
    """A superseded order is found on its days alone."""
    before = run(searching.search, "124号令", "--as-of", "2024-11-30", "--index", kept)
    after = run(searching.search, "124号令", "--as-of", "2024-12-01", "--index", kept)
    assert "[cn-gacc-order-124#" in before.stdout
    assert "[cn-gacc-order-124#" not in after.stdout
    assert "[cn-gacc-order-272#" in after.stdout


def test_only_a_kind(kept: Path) -> None:
    """And at most so many."""
    result = run(searching.search, "打印", "--kind", "service", "--limit", 2, "--index", kept)
    assert result.stdout.count("]  service") == 2
    assert result.stdout.count("]  ") == 2


def test_nothing_found_is_told(kept: Path) -> None:
    """On the error stream, with exit code 1; as JSON an empty list."""
    result = run(searching.search, "？！", "--index", kept)
    assert result.exit_code == 1
    assert not result.stdout
    assert "没有找到" in result.stderr
    assert json.loads(run(searching.search, "？！", "--json", "--index", kept).stdout) == []


def test_wrong_usage_is_told() -> None:
    """Exit code 2."""
    for arguments in ((), ("a", "--kind", "poem"), ("a", "--as-of", "soon"), ("a", "--limit", "0")):
        assert run(searching.search, *arguments).exit_code == 2


def test_build_keeps_the_index(tmp_path: Path) -> None:
    """A second build leaves it alone; both say what they did."""
    first = run(searching.build, "--index", tmp_path)
    assert first.exit_code == 0
    assert re.search(r"kept 0, 新增 new \d{4}, 变更 changed 0, 删除 removed 0", first.stdout)
    files = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*")}
    second = run(searching.build, "--index", tmp_path)
    assert second.stdout.splitlines() == [first.stdout.splitlines()[0], "没有变化 nothing changed"]
    assert {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*")} == files


def test_build_names_what_was_damaged(tmp_path: Path) -> None:
    """And builds it anew."""
    run(searching.build, "--index", tmp_path)
    (file,) = tmp_path.rglob("passages.npz")
    file.write_bytes(b"no index")
    result = run(searching.build, "--index", tmp_path)
    assert result.exit_code == 0
    assert f"damaged and built anew: {file}" in result.stderr
    assert "kept 0, " in result.stdout


def test_build_shows_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bar, where somebody sees the error stream."""
    monkeypatch.setattr(searching, "_watched", lambda: True)
    assert "indexing" in run(searching.build, "--index", tmp_path).stderr


def test_only_a_status_or_jurisdiction(kept: Path) -> None:
    """Several kinds and statuses may be asked for; of another country's law there is none."""
    options = ("--kind", "source", "--kind", "problem", "--status", "verified")
    hits = json.loads(run(searching.search, "申报", *options, "--json", "--index", kept).stdout)
    assert {(hit["kind"], hit["status"]) for hit in hits} <= {
        ("source", "verified"),
        ("problem", "verified"),
    }
    assert hits
    result = run(searching.search, "申报", "--jurisdiction", "us", "--index", kept)
    assert result.exit_code == 1


def test_hits_as_json_tell_what_to_mark(kept: Path) -> None:
    """The sentence and the words in it, as stretches of the text."""
    result = run(searching.search, "滞报金怎么算", "--json", "--limit", "1", "--index", kept)
    (hit,) = json.loads(result.stdout)
    start, end = hit["marks"]["zh"]["sentence"]
    assert "滞报金" in hit["text"]["zh"][start:end]
    assert hit["marks"]["zh"]["words"]


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    """The search answers from an index in memory, and says so."""
    file = tmp_path / "file"
    file.write_text("in the way", "utf-8")
    result = run(searching.search, "滞报金", "--index", file / "index")
    assert result.exit_code == 0
    assert "滞报金" in result.stdout
    assert "was not kept" in result.stderr


def test_a_missing_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to install."""
    monkeypatch.setitem(__import__("sys").modules, "assistant.searchable", None)
    result = run(searching.search, "滞报金")
    assert result.exit_code == 1
    assert "declarant[assistant]" in result.stderr


def test_a_sound_pack_passes_the_check() -> None:
    """Exit code 0 and a count."""
    result = run(searching.check, "--as-of", "2026-11-21")
    assert result.exit_code == 0, result.stdout
    assert "faults: 0" in result.stdout


def test_faults_fail_the_check_and_age_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An entry not confirmed for a year is told and is no fault."""
    pack = Library(small_pack(tmp_path))
    monkeypatch.setattr(searching, "shipped", lambda: pack)
    old = run(searching.check, "--as-of", date(2028, 1, 1))
    assert old.exit_code == 0
    assert "[stale] sources/cn-law" in old.stdout
    faulty = Library(small_pack(tmp_path / "b", cn_late=("CN-D005", "CN-D999")))
    monkeypatch.setattr(searching, "shipped", lambda: faulty)
    result = run(searching.check, "--as-of", "2026-11-21")
    assert result.exit_code == 1
    assert "[rule] problems/cn-late" in result.stdout
