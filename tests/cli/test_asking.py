"""`declarant ask` and `chat`: answers, exit codes, batches that go on, audits in a talk."""

import json
from pathlib import Path

import pytest

from tests.cli.command import AS_OF, run
from tests.reports import HOME

DRAFT = HOME / "examples" / "import_sea_faulty.json"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a site of its own."""
    return tmp_path_factory.mktemp("asked")


def test_an_answer_comes_with_its_sources(site: Path) -> None:
    """A question is answered in its own words, and the article stands below with its days."""
    result = run("ask", "--site", site, *AS_OF, "净重不到一公斤怎么填")
    assert result.exit_code == 0
    assert "小数点后2位" in result.stdout
    assert "[cn-gacc-2024-30#1]" in result.stdout
    assert "2024-04-10.." in result.stdout


def test_the_day_asked_about_decides(site: Path) -> None:
    """Before the change of law the answer is not that of today."""
    before = run("ask", "--site", site, "--as-of", "2023-05-01", "净重不到一公斤怎么填")
    assert "[cn-gacc-2024-30#1]" not in before.stdout


def test_json_holds_what_programs_need(site: Path) -> None:
    """Every sentence names places, and every place is shown with title, days and status."""
    result = run("ask", "--site", site, *AS_OF, "--json", "what is trade mode 0110")
    answer = json.loads(result.stdout)
    assert answer["status"] == "answer"
    assert answer["lang"] == "en"
    shown = {each["citation"] for each in answer["citations"]}
    assert {cite for said in answer["sentences"] for cite in said["cites"]} <= shown
    assert "trade_mode#0110" in shown


def test_what_cannot_be_answered_says_so(site: Path) -> None:
    """The exit code is 1, and the hotline is named."""
    result = run("ask", "--site", site, *AS_OF, "上海港明年的堆存费一天多少钱")
    assert result.exit_code == 1
    assert "12360" in result.stdout


def test_a_question_or_a_batch_must_be_given(site: Path) -> None:
    """Neither, or half of a batch, is wrong usage."""
    assert run("ask", "--site", site).exit_code == 2
    assert run("ask", "--site", site, "--batch", DRAFT).exit_code == 2


def test_a_batch_goes_on_where_it_was_cut(site: Path, tmp_path: Path) -> None:
    """A line cut short by a crash is asked again, those whole are not, and a bad line is named."""
    rows = [{"id": str(n), "question": q} for n, q in enumerate(("你好", "0110是什么监管方式"))]
    given, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    given.write_text("\n".join(map(json.dumps, rows)) + "\n{broken\n", "utf-8")
    first = run("ask", "--site", site, *AS_OF, "--batch", given, "--out", out)
    assert first.exit_code == 1
    assert "in.jsonl:3" in first.stderr
    whole = out.read_bytes()
    lines = whole.splitlines(keepends=True)
    assert [json.loads(line)["id"] for line in lines] == ["0", "1"]
    out.write_bytes(lines[0].replace(b"answer", b"ANSWER", 1) + lines[1][:40])
    run("ask", "--site", site, *AS_OF, "--batch", given, "--out", out)
    assert out.read_bytes().splitlines(keepends=True)[1] == lines[1]
    assert b"ANSWER" in out.read_bytes()


def test_follow_ups_lean_on_the_history_of_a_row(site: Path, tmp_path: Path) -> None:
    """A row may bring the conversation before it."""
    history = [{"role": "user", "content": "进口多少天内要报关"}]
    row = {"id": "a", "question": "那出口呢？", "history": history, "as_of": "2026-11-20"}
    given, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    given.write_text(json.dumps(row), "utf-8")
    run("ask", "--site", site, "--batch", given, "--out", out)
    assert "24小时" in json.loads(out.read_text("utf-8"))["text"]


def test_a_draft_is_audited_in_a_talk_and_spoken_of(site: Path) -> None:
    """After an audit the second finding can be asked for; another chat knows nothing of it."""
    said = f"/audit {DRAFT}\n第二条怎么改？\n/day 2026-11-20\n/nonsense\n/quit\n"
    result = run("chat", "--site", site, "--chat", "c-1", *AS_OF, input=said.encode())
    assert result.exit_code == 0
    assert "共 6 个错误、1 个警告、1 个提示" in result.stdout
    assert "2. " in result.stdout.split("第四条怎么改")[-1]
    assert "没有这个命令" in result.stdout
    other = run("chat", "--site", site, "--chat", "c-2", *AS_OF, input="第二条怎么改？\n".encode())
    assert "CN-" not in other.stdout


def test_a_file_that_is_not_there_is_told(site: Path) -> None:
    """An audit of nothing ends in a message, and the talk goes on."""
    result = run("chat", "--site", site, input="/audit nowhere.xml\n你好\n".encode())
    assert result.exit_code == 0
    assert "nowhere" not in result.stderr
    assert "您好" in result.stdout
