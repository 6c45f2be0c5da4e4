"""`declarant knowledge import`."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.cli.knowing import knowledge
from knowledge.importing.store import Store
from tests.knowledge.importing.papers import docx, law, paragraph, pdf


def run(*words: str | Path, answer: str | None = None) -> Result:
    """Run the command."""
    return CliRunner().invoke(knowledge, ["import", *map(str, words)], input=answer)


def written(folder: Path, name: str = "law.txt", text: str = "") -> Path:
    """Write a text into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text or law(), "utf-8")
    return folder / name


def test_what_is_understood_is_shown_and_stored(tmp_path: Path) -> None:
    """Title, days, counts and what was not found; a second time it is there already."""
    file, site = written(tmp_path / "in"), tmp_path / "site"
    done = run(file, "--site", site, "--yes")
    assert done.exit_code == 0, done.output
    for word in (
        "中华人民共和国梧桐法",
        "版本 2020-03-01",
        "施行 2020-06-01",
        "章节 2，条 12，附件 0",
        "文号未找到",
        "存入 1",
    ):
        assert word in done.stdout
    assert len(Store(site).held()) == 1
    again = run(file, "--site", site, "--lang", "en")
    assert again.exit_code == 0
    assert "there already 1" in again.stdout


@pytest.mark.parametrize(
    ("answer", "code", "kept"),
    [("y\n", 0, 1), ("n\n", 1, 0), (None, 2, 0)],
    ids=["yes", "no", "nobody"],
)
def test_it_asks_before_it_stores(tmp_path: Path, answer: str | None, code: int, kept: int) -> None:
    """A yes stores, a no does not, and without anybody to ask --yes is wanted."""
    done = run(written(tmp_path / "in"), "--site", tmp_path / "site", answer=answer)
    assert done.exit_code == code, done.output
    assert len(Store(tmp_path / "site").held()) == kept


def test_a_dry_run_stores_nothing(tmp_path: Path) -> None:
    """All is shown, nothing written, nobody asked."""
    done = run(written(tmp_path / "in"), "--site", tmp_path / "site", "--dry-run")
    assert done.exit_code == 0
    assert "试运行" in done.stdout
    assert not (tmp_path / "site").exists()


def test_a_folder_is_imported_and_what_is_refused_is_named(tmp_path: Path) -> None:
    """Every form is taken; an old Word file and a broken one are named with a remedy."""
    folder = tmp_path / "in"
    written(folder / "deep", "a.md", law("甲法"))
    written(folder, "old.doc")
    written(folder, "note.log")
    (folder / "b.docx").write_bytes(docx("".join(map(paragraph, law("乙法").split("\n")))))
    (folder / "c.pdf").write_bytes(pdf([law("丙法").split("\n")]))
    (folder / "d.pdf").write_bytes(b"%PDF-1.4 broken")
    (folder / "~$b.docx").write_bytes(b"lock")
    done = run(folder, "--site", tmp_path / "site", "--yes")
    assert done.exit_code == 1
    assert "存入 3, 已有 0, 拒绝 2" in done.stdout
    assert {held.title for held in Store(tmp_path / "site").held()} == {"甲法", "乙法", "丙法"}
    told = done.stderr.splitlines()
    assert [Path(line.partition("：")[0]).name for line in told] == ["d.pdf", "old.doc"]
    assert all("。" in line for line in told)


def test_conflicting_versions_are_refused(tmp_path: Path) -> None:
    """Both files are named; --replace puts the second in place of the first."""
    one = written(tmp_path, "one.txt")
    two = written(tmp_path, "two.txt", law(articles=11))
    site = tmp_path / "site"
    done = run(one, two, "--site", site, "--yes")
    assert done.exit_code == 1
    assert "one.txt" in done.stderr
    assert "two.txt" in done.stderr
    assert run(two, "--site", site, "--yes", "--replace").exit_code == 0
    assert [Path(held.source).name for held in Store(site).held()] == ["two.txt"]


def test_what_the_caller_gives_is_taken(tmp_path: Path) -> None:
    """Id, title, number and day are those given."""
    site = tmp_path / "site"
    given = (
        "--id",
        "cn-x",
        "--title",
        "我的法",
        "--number",
        "总署令第9号",
        "--effective",
        "2030-01-01",
    )
    assert run(written(tmp_path), "--site", site, "--yes", *given).exit_code == 0
    (held,) = Store(site).held()
    assert (held.id, held.title, held.number, str(held.since)) == (
        "cn-x",
        "我的法",
        "海关总署令第9号",
        "2030-01-01",
    )


def test_wrong_usage_is_told(tmp_path: Path) -> None:
    """An empty folder, a missing --site, and one id for two texts."""
    (tmp_path / "none").mkdir()
    assert run(tmp_path / "none", "--site", tmp_path).exit_code == 2
    assert run(written(tmp_path)).exit_code == 2
    two = written(tmp_path, "two.txt")
    assert (
        run(
            tmp_path / "law.txt", two, "--site", tmp_path / "site", "--id", "cn-x", "--yes"
        ).exit_code
        == 2
    )
    assert not (tmp_path / "site").exists()


def test_many_texts_are_told_in_a_line_each(tmp_path: Path) -> None:
    """From twenty texts on the counts are left out."""
    for number in range(20):
        written(tmp_path / "in", f"{number}.txt", law(f"第{number}梧桐法".replace("第", "甲")))
    done = run(tmp_path / "in", "--site", tmp_path / "site", "--yes")
    assert done.exit_code == 0, done.output
    assert "存入 20" in done.stdout
    assert "章节" not in done.stdout


def test_a_spoilt_store_is_named(tmp_path: Path) -> None:
    """The file and the remedy, and no trace of the program."""
    site = tmp_path / "site"
    written(site / "texts", "index.json", "{")
    done = run(written(tmp_path), "--site", site, "--yes")
    assert done.exit_code == 1
    assert "index.json" in done.stderr
    assert "Traceback" not in done.output
