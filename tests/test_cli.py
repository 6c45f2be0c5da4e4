"""The command line: exit codes, whole files or none, and every draft told of."""

import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from assistant.cli import auditing, main
from assistant.cli.files import meant, write_whole
from auditors.catalogue import catalogue
from auditors.engine import VERSION
from auditors.formats.plain_json import read_json
from auditors.plan import Plan, compile_plan
from knowledge.library import shipped
from tests.reports import FAULTY, HOME, SOUND

PROGRAM = [sys.executable, "-c", "from assistant.cli import main; main()"]
AS_OF = ("--as-of", "2026-11-20")


def run(*arguments: object, input: bytes | None = None, **options: Any) -> Result:
    """Run the program within this process."""
    return CliRunner().invoke(main, [str(each) for each in arguments], input=input, **options)


def process(*arguments: object, **options: Any) -> subprocess.CompletedProcess[bytes]:
    """Run the program as a process of its own."""
    command = [*PROGRAM, *map(str, arguments)]
    return subprocess.run(command, cwd=HOME, capture_output=True, timeout=60, **options)


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a sound draft, one that warns, one with errors, and one unreadable."""
    folder = tmp_path_factory.mktemp("drafts")
    raw = json.loads((HOME / "tests/drafts/cn_import.json").read_text("utf-8"))
    _put(folder / "clean.json", raw)
    _put(folder / "warning.json", raw, insur_rate="0.03")
    _put(folder / "error.json", raw, net_weight="5000")
    (folder / "broken.json").write_text("{", "utf-8")
    return folder


def _put(file: Path, raw: dict[str, Any], **header: Any) -> None:
    changed = raw | {"header": raw["header"] | header}
    file.write_text(json.dumps(changed, ensure_ascii=False), "utf-8")


# -- exit codes ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "fail_on", "code"),
    [
        (["clean"], "error", 0),
        (["clean"], "warning", 0),
        (["warning"], "error", 0),
        (["warning"], "warning", 1),
        (["warning"], "never", 0),
        (["error"], "error", 1),
        (["error"], "warning", 1),
        (["error"], "never", 0),
        (["clean", "error"], "error", 1),
        (["error", "clean"], "error", 1),
        (["broken"], "error", 3),
        (["broken"], "never", 3),
        (["clean", "broken", "error"], "error", 3),
        (["error", "broken", "clean"], "never", 3),
        (["missing"], "error", 3),
        (["clean", "missing"], "never", 3),
    ],
)
def test_the_exit_code_is_that_of_the_worst_draft(
    drafts: Path, files: Sequence[str], fail_on: str, code: int
) -> None:
    """Unreadable outweighs findings, whatever counts as a failure."""
    names = [drafts / f"{name}.json" for name in files]
    result = run("audit", *names, "--fail-on", fail_on, *AS_OF, "--format", "json")
    assert result.exit_code == code, result.output
    reports = json.loads(result.stdout)
    assert len(reports if isinstance(reports, list) else [reports]) == len(files)


@pytest.mark.parametrize(
    "arguments",
    [
        ["audit"],
        ["audit", "{empty}"],
        ["audit", "-"],
        ["audit", "{clean}", "--format", "docx"],
        ["audit", "{clean}", "--as-of", "yesterday"],
        ["audit", "{clean}", "--fail-on", "info"],
        ["audit", "{clean}", "--format", "xlsx"],
        ["audit", "{drafts}", "--format", "xlsx", "--output", "{empty}/a.xlsx"],
        ["audit", "{clean}", "--output", "{empty}"],
        ["audit", "{clean}", "--output", "{empty}/no/such/folder.json"],
        ["audit", "{clean}", "--output", "{clean}/below_a_file.json"],
        ["audit", "{clean}", "--fix", "{empty}/no/such/folder.json"],
        ["audit", "{clean}", "--fix", "{empty}/draft.docx"],
        ["audit", "{drafts}", "--fix", "{empty}/one.json"],
        ["audit", "{clean}", "{twin}", "--fix", "{empty}"],
        ["explain", "CN-W999"],
        ["explain"],
        ["fields", "no_such_field"],
        ["codes", "no_such_table"],
        ["codes", "currency", "XXXX"],
        ["template", "{empty}"],
        ["template", "{empty}/no/such/folder.xlsx"],
        ["frobnicate"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_two(drafts: Path, tmp_path: Path, arguments: Sequence[str]) -> None:
    """A call that cannot be meant says why, and writes nothing."""
    twin = tmp_path / "twin" / "clean.json"
    twin.parent.mkdir()
    shutil.copy(drafts / "clean.json", twin)
    empty = tmp_path / "empty"
    empty.mkdir()
    places = {"drafts": drafts, "clean": drafts / "clean.json", "twin": twin, "empty": empty}
    result = run(*(each.format(**places) for each in arguments))
    assert result.exit_code == 2, result.output
    assert "Error" in result.stderr
    assert "Traceback" not in result.output
    assert not list(empty.iterdir())


def test_a_broken_rule_is_never_clean(drafts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it would have said is not known: exit code 1, and the report says so."""

    def fails(*asked: Any) -> None:
        raise ZeroDivisionError

    def plan(day: Any) -> Plan:
        rules = {**catalogue(), "CN-W001": catalogue()["CN-W001"]._replace(check=fails)}
        return compile_plan(rules.values())

    monkeypatch.setattr("auditors.engine.plan_of", plan)
    result = run("audit", drafts / "clean.json", *AS_OF)
    assert result.exit_code == 1
    assert "规则故障，已搁置[CN-W001] ZeroDivisionError" in result.stdout
    assert run("audit", drafts / "clean.json", *AS_OF, "--fail-on", "never").exit_code == 0


def test_a_fault_of_ours_costs_no_other_draft(
    drafts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that fails on one file is told of, and the others are audited."""

    def fails_on_one(content: bytes, library: Any, name: str, form: Any) -> Any:
        if name.endswith("error.json"):
            raise LookupError("our slip")
        return read_json(content, library, name)

    monkeypatch.setattr(auditing, "read", fails_on_one)
    result = run("audit", drafts / "error.json", drafts / "clean.json", "--lang", "en", *AS_OF)
    assert result.exit_code == 3
    assert "The program failed on this file: LookupError: our slip" in result.stdout
    assert "clean.json: 0 errors" in result.stdout


# -- which files -----------------------------------------------------------------------------


def test_a_folder_stands_for_its_drafts(drafts: Path, tmp_path: Path) -> None:
    """By name, at any depth; what is no draft, is hidden or belongs to Excel is passed over."""
    inner = tmp_path / "b" / "inner.JSON"
    inner.parent.mkdir()
    for file in (tmp_path / "c.json", tmp_path / "a.json", inner):
        shutil.copy(drafts / "clean.json", file)
    for name in ("notes.txt", "~$open.xlsx", ".hidden.json", "report.html"):
        (tmp_path / name).write_text("x")
    (tmp_path / "folder.json").mkdir()
    assert meant([str(tmp_path)]) == [
        str(tmp_path / name) for name in ("a.json", "b/inner.JSON", "c.json")
    ]
    result = run("audit", tmp_path, "--format", "json", "--fail-on", "never", *AS_OF)
    assert [Path(each["draft"]["name"]).name for each in json.loads(result.stdout)] == [
        "a.json",
        "inner.JSON",
        "c.json",
    ]


def test_a_folder_of_one_draft_is_a_list_of_one(drafts: Path, tmp_path: Path) -> None:
    """Programs need not guess which shape they get."""
    shutil.copy(drafts / "clean.json", tmp_path)
    assert isinstance(json.loads(run("audit", tmp_path, "--format", "json").stdout), list)
    alone = run("audit", tmp_path / "clean.json", "--format", "json")
    assert isinstance(json.loads(alone.stdout), dict)


def test_a_file_named_twice_is_audited_once(drafts: Path) -> None:
    """Else it would be its own double."""
    clean = drafts / "clean.json"
    result = run("audit", clean, clean, drafts / "." / "clean.json", "--format", "json", *AS_OF)
    assert result.exit_code == 0
    assert len(json.loads(result.stdout)) == 1


def test_standard_input_is_read_in_the_form_given(drafts: Path) -> None:
    """`-` is the draft on standard input."""
    content = (drafts / "error.json").read_bytes()
    result = run("audit", "-", "--input-format", "json", *AS_OF, input=content)
    assert result.exit_code == 1
    assert "--> <stdin>:1:" in result.stdout
    result = run("audit", "-", "--input-format", "xml", input=b"<DecMessage/>")
    assert result.exit_code == 1
    both = run("audit", "-", drafts / "clean.json", "--input-format", "json", input=b"{")
    assert both.exit_code == 3


def test_the_form_may_be_given(drafts: Path, tmp_path: Path) -> None:
    """Where a name tells nothing, or the wrong thing."""
    file = tmp_path / "draft.txt"
    shutil.copy(drafts / "clean.json", file)
    assert run("audit", file, *AS_OF).exit_code == 0
    file = file.rename(tmp_path / "draft.xml")
    assert run("audit", file, *AS_OF).exit_code == 3
    assert run("audit", file, "--input-format", "json", *AS_OF).exit_code == 0


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are Unicode")
def test_a_file_may_have_any_name(drafts: Path, tmp_path: Path) -> None:
    """Names that are no UTF-8, hold escapes or look like options are audited and printed."""
    names = [b"\xff\xfe.json", b"a\x1b[31m\nb.json", "报关单 1.json".encode(), b"-x.json"]
    for name in names:
        shutil.copy(drafts / "clean.json", tmp_path / os.fsdecode(name))
    for form in ("text", "json", "sarif", "junit", "html", "md"):
        result = process("audit", tmp_path, "--format", form, *AS_OF)
        assert result.returncode == 0, result.stderr
        assert b"Traceback" not in result.stderr
        assert b"\x1b" not in result.stdout
        result.stdout.decode()


def test_many_files_and_a_bad_one(drafts: Path, tmp_path: Path) -> None:
    """A thousand drafts, one of them no draft: all others are told of, in their order."""
    content = (drafts / "clean.json").read_text("utf-8")
    for number in range(1000):
        name = f"{number:04}"
        text = "{" if number == 400 else content.replace("DRAFT0001", f"DRAFT{name}")
        (tmp_path / f"{name}.json").write_text(text, "utf-8")
    result = run("audit", tmp_path, "--format", "json", *AS_OF)
    assert result.exit_code == 3
    reports = json.loads(result.stdout)
    assert [each["draft"]["name"][-9:-5] for each in reports] == [f"{n:04}" for n in range(1000)]
    assert [each["complete"] for each in reports].index(False) == 400
    assert sum(each["summary"]["error"] for each in reports) == 1
    assert result.stderr == ""


# -- whole or not at all ---------------------------------------------------------------------


def test_the_report_goes_to_a_file(drafts: Path, tmp_path: Path) -> None:
    """The same bytes as on standard output, and nothing printed."""
    target = tmp_path / "report.json"
    result = run("audit", drafts / "error.json", "--format", "json", "--output", target, *AS_OF)
    assert (result.exit_code, result.stdout) == (1, "")
    printed = run("audit", drafts / "error.json", "--format", "json", *AS_OF)
    assert target.read_text("utf-8") == printed.stdout
    assert [file.name for file in tmp_path.iterdir()] == ["report.json"]


def test_a_rendering_that_fails_leaves_the_old_file(
    drafts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a report is none."""

    def half(*given: Any, **options: Any) -> Iterator[bytes]:
        yield b"half"
        raise RuntimeError("in the middle")

    target = tmp_path / "report.txt"
    target.write_text("the old one")
    monkeypatch.setattr(auditing, "pieces", half)
    result = run("audit", drafts / "clean.json", "--output", target)
    assert isinstance(result.exception, RuntimeError)
    assert target.read_text() == "the old one"
    assert [file.name for file in tmp_path.iterdir()] == ["report.txt"]


SLOWLY = """
import sys, time
from pathlib import Path
from assistant.cli.files import write_whole
def pieces():
    yield b"half"
    print("begun", flush=True)
    time.sleep(60)
write_whole(Path(sys.argv[1]), pieces())
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_process_that_is_killed_leaves_the_old_file(tmp_path: Path, how: signal.Signals) -> None:
    """However it ends, what stood there still does."""
    target = tmp_path / "report.txt"
    target.write_text("the old one")
    command = [sys.executable, "-c", SLOWLY, str(target)]
    with subprocess.Popen(
        command, cwd=HOME, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as running:
        assert running.stdout
        assert running.stdout.readline() == b"begun\n"
        running.send_signal(how)
    assert running.returncode != 0
    assert target.read_text() == "the old one"
    if how == signal.SIGINT:
        assert [file.name for file in tmp_path.iterdir()] == ["report.txt"]


def test_links_modes_and_devices_are_respected(tmp_path: Path) -> None:
    """A link stays a link, a file keeps its mode, and `/dev/null` stays what it is."""
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    write_whole(link, [b"new"])
    assert link.is_symlink()
    assert real.read_text() == "new"
    assert real.stat().st_mode & 0o777 == 0o640
    write_whole(Path(os.devnull), [b"gone"])
    assert not Path(os.devnull).is_file()
    write_whole(tmp_path / "fresh.txt", [b"a", b"b"])
    assert (tmp_path / "fresh.txt").read_bytes() == b"ab"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_said_in_a_word(drafts: Path) -> None:
    """On standard output as in a file: exit code 2, and no traceback."""
    with Path("/dev/full").open("wb") as full:
        command = [*PROGRAM, "audit", str(drafts / "clean.json")]
        done = subprocess.run(command, cwd=HOME, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(b"Error: Could not open file '<stdout>'")
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr
    assert run("audit", drafts / "clean.json", "--output", "/dev/full").exit_code == 2


# -- fixing ----------------------------------------------------------------------------------


def test_fixing_makes_the_safe_changes_and_lists_each(tmp_path: Path) -> None:
    """Nothing else changes, and the audit of the result offers none of them again."""
    target = tmp_path / "fixed.json"
    before = json.loads(run("audit", FAULTY, "--format", "json", *AS_OF).stdout)
    safe = [fix for each in before["findings"] for fix in each["fixes"] if fix["class"] == "safe"]
    left = [fix for each in before["findings"] for fix in each["fixes"] if fix["class"] != "safe"]
    assert safe
    assert left
    result = run("audit", FAULTY, "--fix", target, "--format", "json", *AS_OF)
    assert f"自动修正 {len(safe)} 处，写入 {target}" in result.stderr
    assert result.stderr.count(" → ") == len(safe)
    after = json.loads(result.stdout)
    assert after["draft"]["name"] == str(target)
    assert not [
        fix for each in after["findings"] for fix in each["fixes"] if fix["class"] == "safe"
    ]
    assert len(after["findings"]) == len(before["findings"]) - len(safe)
    again = json.loads(run("audit", target, "--format", "json", *AS_OF).stdout)
    assert again == after
    paths = {fix["path"] for fix in safe}
    assert paths == _changed_paths(FAULTY, target)


def _changed_paths(before: Path, after: Path) -> set[str]:
    old, new = (_values(json.loads(file.read_text("utf-8")), "") for file in (before, after))
    return {path for path in old.keys() | new.keys() if old.get(path) != new.get(path)}


def _values(raw: Any, path: str) -> dict[str, Any]:
    if isinstance(raw, dict):
        return {
            at: value
            for key, each in raw.items()
            for at, value in _values(each, f"{path}/{key}").items()
        }
    if isinstance(raw, list):
        return {
            at: value
            for key, each in enumerate(raw)
            for at, value in _values(each, f"{path}/{key}").items()
        }
    return {path: str(raw)}


@pytest.mark.parametrize("form", ["json", "xml", "xlsx"])
def test_untidy_figures_are_mended(tmp_path: Path, form: str) -> None:
    """Blanks and wide digits are gone from the file, and from the report of it."""
    raw = json.loads((HOME / "tests/drafts/cn_import.json").read_text("utf-8"))
    raw["header"] |= {"net_weight": " 1180 ", "gross_weight": "１２６０", "mark_no": ""}
    raw["items"][0]["goods_name"] = " 离心泵\u00a0"
    source = tmp_path / "draft.json"
    source.write_text(json.dumps(raw), "utf-8")
    target = tmp_path / f"fixed.{form}"
    result = run("audit", source, "--fix", target, "--format", "json", *AS_OF)
    assert result.exit_code == 0, result.output
    codes = {each["code"] for each in json.loads(result.stdout)["findings"]}
    assert not codes & {"CN-F024", "CN-F025", "CN-F027", "CN-F012"}
    assert "自动修正 4 处" in result.stderr


def test_fixing_several_files_takes_a_folder(drafts: Path, tmp_path: Path) -> None:
    """Each keeps its name; one that cannot be read is not written."""
    result = run("audit", drafts, "--fix", tmp_path, *AS_OF)
    assert result.exit_code == 3
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "clean.json",
        "error.json",
        "warning.json",
    ]


def test_what_is_listed_gives_the_terminal_no_orders(tmp_path: Path) -> None:
    """A value that is mended is printed without its control characters."""
    source = tmp_path / "draft.json"
    source.write_text(r'{"header": {"trade_name": "\u001b[2J甲"}}')
    result = run("audit", source, "--fix", tmp_path / "fixed.json")
    assert "�[2J甲 → [2J甲" in result.stderr
    assert "\x1b" not in result.output


# -- options ---------------------------------------------------------------------------------


def test_the_language_is_that_asked_for(drafts: Path) -> None:
    """Chinese unless told otherwise."""
    error = drafts / "error.json"
    assert "错误[CN-W001] 净重不能大于毛重" in run("audit", error, *AS_OF).stdout
    english = run("audit", error, "--lang", "en", *AS_OF).stdout
    assert "error[CN-W001] Net weight must not exceed gross weight" in english
    assert run("audit", error, "--lang", "fr").exit_code == 2


def test_strict_makes_unread_errors_errors(tmp_path: Path) -> None:
    """A rule marked error* warns, and fails the draft only in the strict profile."""
    raw = json.loads((HOME / "tests/drafts/cn_import.json").read_text("utf-8"))
    unread = next(rule for rule in catalogue().values() if rule.severity == "error*")
    from tests.sheets import cases, changed, sheets

    sheet = sheets()[unread.code]
    case = next(case for _, case in cases(sheet) if case["found"] and "day" not in case)
    raw = json.loads((HOME / "tests/drafts" / sheet["draft"]).read_text("utf-8"))
    file = tmp_path / "draft.json"
    file.write_text(json.dumps(changed(raw, case["set"]), default=str), "utf-8")
    usual = json.loads(run("audit", file, "--format", "json", *AS_OF).stdout)
    strict = json.loads(
        run("audit", file, "--format", "json", "--profile", "strict", *AS_OF).stdout
    )
    assert (usual["profile"], strict["profile"]) == ("default", "strict")
    for report, weight in ((usual, "warning"), (strict, "error")):
        found = [each for each in report["findings"] if each["code"] == unread.code]
        assert {each["severity"] for each in found} == {weight}


def test_the_day_is_as_asked(drafts: Path) -> None:
    """`--as-of` outweighs what the draft says."""
    for day in ("2026-11-20", "2020-01-01"):
        said = run("audit", drafts / "clean.json", "--as-of", day, "--format", "json").stdout
        assert json.loads(said)["as_of"] == day


def test_colours_are_for_terminals(drafts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked for they come, else only where somebody can see them."""
    error = drafts / "error.json"
    assert "\x1b[1;31m" in run("audit", error, "--color", "always", color=True).stdout
    assert "\x1b" not in run("audit", error, "--color", "never", color=True).stdout
    assert "\x1b" not in process("audit", error).stdout.decode()
    assert b"\x1b[1;31m" in _on_a_terminal("audit", str(error))
    assert b"\x1b[1;31m" not in _on_a_terminal("audit", str(error), NO_COLOR="1")


def _on_a_terminal(*arguments: str, stream: str = "stdout", **more: str) -> bytes:
    """Run the program with one of its streams on a terminal, and return what came there."""
    ours, theirs = pty.openpty()
    streams: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environment = {**os.environ, "TERM": "xterm", **more}
    environment.pop("NO_COLOR", None) if "NO_COLOR" not in more else None
    with subprocess.Popen(
        [*PROGRAM, *arguments], cwd=HOME, env=environment, **(streams | {stream: theirs})
    ):
        os.close(theirs)
        said = b""
        while piece := _read(ours):
            said += piece
    os.close(ours)
    return said


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so where the other end is closed
        return b""


def test_a_progress_bar_is_for_many_files_on_a_terminal(drafts: Path, tmp_path: Path) -> None:
    """Neither for a few, nor where nobody sees it."""
    for number in range(25):
        shutil.copy(drafts / "clean.json", tmp_path / f"{number}.json")
    assert b"auditing" in _on_a_terminal("audit", str(tmp_path), stream="stderr")
    assert b"auditing" not in _on_a_terminal("audit", str(drafts), stream="stderr")
    assert process("audit", tmp_path).stderr == b""


# -- pipes and locales -----------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [["audit", "{file}"], ["rules"], ["codes", "country"]])
def test_a_pipe_may_be_closed_early(tmp_path: Path, arguments: Sequence[str]) -> None:
    """`| head -1` ends the program without a traceback."""
    raw = json.loads(FAULTY.read_text("utf-8"))
    raw["items"] = raw["items"] * 200
    file = tmp_path / "long.json"
    file.write_text(json.dumps(raw), "utf-8")
    command = [*PROGRAM, *(each.format(file=file) for each in arguments)]
    with subprocess.Popen(
        command, cwd=HOME, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout
        assert running.stderr
        assert running.stdout.read(1)
        running.stdout.close()
        said = running.stderr.read()
    assert said == b""


LOCALES: list[dict[str, str]] = [
    {"LC_ALL": "C"},
    {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    {"LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii"},
    {"PYTHONIOENCODING": "cp1252"},
]


@pytest.mark.parametrize("locale", LOCALES, ids=str)
def test_the_locale_does_not_matter(drafts: Path, locale: dict[str, str]) -> None:
    """What is said is UTF-8: reports, lists, help and complaints."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONIOENCODING"}
    for arguments, wanted in (
        (["audit", drafts / "error.json"], "净重不能大于毛重"),
        (["rules"], "净重不能大于毛重"),
        (["audit", "--help"], "审核报关单草稿"),
        (["audit", drafts, "--format", "xlsx"], "须指定"),
    ):
        done = process(*arguments, env={**environment, **locale})
        assert wanted in (done.stdout + done.stderr).decode()
        assert b"Traceback" not in done.stderr


# -- what the auditor knows ------------------------------------------------------------------


def test_the_list_of_rules() -> None:
    """As text by family, as JSON with the promised keys."""
    data = json.loads(run("rules", "--format", "json").stdout)
    assert [each["code"] for each in data] == list(catalogue())
    assert list(data[0]) == [
        *("code", "family", "title", "severity", "basis"),
        *("since", "until", "status", "page"),
    ]
    assert list(data[0]["title"]) == ["zh", "en"]
    for language in ("zh", "en"):
        said = run("rules", "--lang", language).stdout
        for rule in catalogue().values():
            assert re.search(
                rf"^  {rule.code}  .*{re.escape(getattr(rule.title, language))}$", said, re.M
            )


@pytest.mark.parametrize("asked", ["CN-W001", "cn-w001", "W001", "w001", "w1"])
def test_a_rule_is_explained(asked: str) -> None:
    """However its code is written."""
    result = run("explain", asked)
    assert result.exit_code == 0
    for part in (
        "CN-W001  净重不能大于毛重",
        "Wrong:",
        "Right:",
        "Limits:",
        "局限：",
        "cn-gacc-2019-18#",
    ):
        assert part in result.stdout
    assert "Net weight must not exceed gross weight" in run("explain", asked, "--lang", "en").stdout


@pytest.mark.parametrize("rule", catalogue().values(), ids=lambda rule: rule.code)
def test_every_rule_is_explained(rule: Any) -> None:
    """Title, page and basis of each."""
    result = run("explain", rule.code)
    assert result.exit_code == 0
    assert rule.page in result.stdout
    assert all(str(citation) in result.stdout for citation in rule.basis)


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (["explain", "CN-W999"], "CN-W0"),
        (["explain", "z1"], "CN-"),
        (["fields", "gross_wieght"], "gross_weight"),
        (["codes", "transport_mod"], "transport_mode"),
        (["codes", "currency", "US"], "USD"),
    ],
)
def test_what_is_not_known_brings_up_what_is_near(arguments: Sequence[str], near: str) -> None:
    """A slip of the keyboard is met with a hint."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert re.search(f"near / 相近: .*{near}", result.stderr)


def test_fields_are_found_by_name_place_and_label() -> None:
    """And all of them are listed, or given as data."""
    for asked in ("gross_weight", "header.gross_weight", "毛重(千克)"):
        said = run("fields", asked).stdout
        assert "header.gross_weight  毛重(千克) / Gross weight (kg)" in said
        assert "DecHead/GrossWet" in said
    every = run("fields").stdout.splitlines()
    assert len(every) == sum(len(block.fields) for block in shipped().fields.values())
    data = json.loads(run("fields", "gross_weight", "--format", "json").stdout)
    assert (data[0]["name"], data[0]["block"], data[0]["kind"]) == (
        "gross_weight",
        "header",
        "number",
    )
    assert len(json.loads(run("fields", "--format", "json").stdout)) == len(every)


def test_code_tables_are_listed_shown_and_looked_up() -> None:
    """With how complete they are, since more is not judged."""
    assert "transport_mode  " in run("codes").stdout
    shown = run("codes", "transport_mode").stdout
    assert re.search(r"完整（[\d/]+）", shown)
    assert re.search(r"^  2  水路运输", shown, re.M)
    one = run("codes", "transport_mode", "2", "--lang", "en").stdout.splitlines()
    assert len(one) == 2
    data = json.loads(run("codes", "transport_mode", "--format", "json").stdout)
    assert data["complete"]
    assert len(data["rows"]) > 10
    assert {"code", "name", "since", "until", "status", "more"} == set(data["rows"][0])
    for name in shipped().tables():
        assert run("codes", name).exit_code == 0
        assert json.loads(run("codes", name, "--format", "json").stdout)["id"] == name


def test_a_template_is_written_and_can_be_audited(tmp_path: Path) -> None:
    """An empty workbook is a draft of nothing but what is missing."""
    target = tmp_path / "empty.xlsx"
    result = run("template", target)
    assert (result.exit_code, result.stdout.strip()) == (0, str(target))
    assert run("audit", target, *AS_OF).exit_code == 1


def test_a_marked_workbook_is_written(tmp_path: Path) -> None:
    """The report as a workbook, of a workbook and of JSON."""
    for source in (FAULTY, FAULTY.with_suffix(".xlsx")):
        target = tmp_path / "marked.xlsx"
        result = run("audit", source, "--format", "xlsx", "--output", target, *AS_OF)
        assert result.exit_code == 1
        assert target.read_bytes().startswith(b"PK")


def test_the_version_is_said() -> None:
    """`--version` and `-h` answer at once."""
    assert run("--version").stdout == f"declarant, version {VERSION}\n"
    assert "审核报关单草稿" in run("audit", "-h").stdout
    start = time.monotonic()
    assert process("--version").returncode == 0
    assert time.monotonic() - start < 20


def test_the_sound_examples_pass() -> None:
    """What the README shows first."""
    assert run("audit", SOUND).exit_code == 0
    assert run("audit", FAULTY).exit_code == 1
