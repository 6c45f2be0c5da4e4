"""The report for a terminal: it points at the value, and passes no orders on."""

import json
import re
import unicodedata

import pytest

from auditors.declaration import Declaration
from auditors.engine import audit
from auditors.formats import write
from auditors.formats.workbook import read_workbook
from auditors.place import Place
from auditors.render.audited import Audited
from auditors.render.text import LONGEST_LINE, PAINTS, printable
from knowledge.library import shipped
from tests.reports import FACTS, HOME, audited, broken, example, rendered

PAINT = re.compile(r"\x1b\[[0-9;]*m")


def width(text: str) -> int:
    """How many columns a terminal gives a text."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def pointed(said: str, place: str) -> tuple[str, str]:
    """Return the line a finding shows and the part of it that stands over the carets."""
    block = next(each for each in said.split("\n\n") if f":{place}  " in each)
    shown, carets = (line.partition(" | ")[2] for line in block.split("\n")[3:5])
    before, over = len(carets) - len(carets.lstrip()), carets.count("^")
    columns = "".join(sign if width(sign) == 1 else f"{sign}\0" for sign in shown)
    return shown, columns[before : before + over].replace("\0", "")


@pytest.mark.parametrize("before", ["", "甲乙丙", "ｆｕｌｌ", "a\u0301", "…"])
def test_the_carets_stand_under_the_value(before: str) -> None:
    """Also with Chinese before it, which takes two columns a character."""
    content = f'{{"header": {{"trade_name": "{before}", "ie_flag": "中文", "pack_no": 0}}}}'
    said = rendered("text", audited(content))
    column = len(content.partition('"ie_flag": ')[0]) + len('"ie_flag": ') + 1
    if before == "a\u0301":
        caret_line = next(
            line for line in said.split("\n") if line.strip(" |^") == "" and "^" in line
        )
        assert "^" * 6 in caret_line
        return
    assert pointed(said, f"1:{column}") == (content, '"中文"')


@pytest.mark.parametrize("value", ['"-5"', "-5", '"x"', "[1]", '{"a": 1}'])
def test_the_carets_are_as_long_as_the_value(value: str) -> None:
    """A number, a text, or the bracket that opens something else."""
    content = f'{{"header": {{\n  "net_weight": {value}}}}}'
    said = rendered("text", audited(content))
    assert pointed(said, "2:17")[1] == (value if value[0] not in "[{" else value[0])


def test_what_is_missing_is_shown_at_the_nearest_thing_around_it() -> None:
    """A blank field has no line of its own; that of its block is shown."""
    said = rendered("text", audited('{"header": {\n}, "items": [{}]}'))
    assert "--> draft.json:1:12  进出口岸" in said or "--> draft.json:1:12  申报地海关" in said
    assert "--> draft.json:2:14  表体第1项" in said


def test_a_long_line_is_cut_around_the_value() -> None:
    """A file of one line does not flood the terminal, and the carets still stand right."""
    content = b"".join(line.strip() for line in example().reading.source.split(b"\n"))  # type: ignore[union-attr]  # it was read
    said = rendered("text", audited(content))
    lines = [line for line in said.split("\n") if line.startswith(" 1 | ")]
    assert len(lines) > 5
    assert all(len(line) <= LONGEST_LINE + 10 for line in lines)
    column = content.decode().index('"2184.5"') + 1
    shown, over = pointed(said, f"1:{column}")
    assert over == '"2184.5"'
    assert shown.startswith("…")
    assert shown.endswith("…")


def test_colours_are_all_that_colours_add() -> None:
    """Coloured and plain say the same; plain has no escape."""
    plain = rendered("text", example(), broken())
    coloured = rendered("text", example(), broken(), coloured=True)
    assert "\x1b" not in plain
    assert PAINT.sub("", coloured) == plain
    assert set(PAINT.findall(coloured)) == {f"\x1b[{paint}m" for paint in [*PAINTS.values(), "0"]}


ORDERS = "a\x1b[2Jb\x9b31mc\x07d\re\x00f\u202eg\u2028h\x7f"


@pytest.mark.parametrize("coloured", [False, True])
def test_control_characters_do_not_reach_the_terminal(coloured: bool) -> None:
    """Neither from a value, nor from a line of the file, nor from its name."""
    escaped = json.dumps(ORDERS)[1:-1]
    raw = ORDERS.replace("\x1b", "").replace("\x07", "").replace("\x00", "").replace("\r", "")
    content = f'{{"header": {{"goods_place": "{escaped}", "trade_mode": "{raw}", "{escaped}": 1}}}}'
    said = rendered("text", audited(content, f"{ORDERS}.json"), coloured=coloured)
    left = PAINT.sub("", said)
    unseen = {sign for sign in left if unicodedata.category(sign) in {"Cc", "Cf", "Zl", "Zp", "Cs"}}
    assert unseen == {"\n"}
    assert "a�[2Jb�31mc�d e�f�g�h�.json" in left
    assert len(re.findall(r"^错误\[|^警告\[|^提示\[", left, re.M)) > 3


def test_a_line_of_the_file_cannot_pass_for_a_finding() -> None:
    """A value with line breaks stays on one line."""
    fake = r"x\n错误[CN-W001] 假的\r\n"
    said = rendered("text", audited(f'{{"header": {{"trade_mode": "{fake}"}}}}'))
    assert "\n错误[CN-W001]" not in said
    assert printable("a\u3000b\xa0c\td") == "a\u3000b\xa0c d"


def test_what_was_not_judged_is_told() -> None:
    """Skipped rules with their reason, broken ones, and that the audit is incomplete."""
    said = rendered("text", audited('{"header": {"ie_flag": "I", "trade_mode": "0110"}}'))
    assert re.search(r"^未判断\[CN-[A-Z]\d{3}\] 未提供：", said, re.M)
    english = rendered("text", broken(), language="en")
    assert "rule failed and set aside[CN-W001] ZeroDivisionError: a <slip> of the pen" in english
    assert english.rstrip().endswith("(as of 2026-11-20, default); the audit is incomplete")
    assert "审核不完整" in rendered("text", broken())
    assert "审核不完整" not in rendered("text", example())


def test_the_last_line_counts() -> None:
    """Name, counts, day and profile, in the language asked for."""
    each = example()
    last = rendered("text", each, language="en").rstrip().split("\n")[-1]
    counts = [
        f"{number} {name}{'s' * (number != 1)}" for name, number in each.report.summary.items()
    ]
    assert last == (
        f"import_sea_faulty.json: {', '.join(counts)}; "
        f"{len(each.report.skipped)} not judged (as of 2026-11-20, default)"
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_finding_says_where_why_and_how(language: str) -> None:
    """Severity, code, title, place, message, other places, basis and fixes, in one language."""
    each = example()
    said = rendered("text", each, language=language)
    for found in each.report.findings:
        text = getattr(found.message, language)
        block = next(part for part in said.split("\n\n") if f"= {printable(text)}" in part)
        assert f"[{found.rule.code}] {getattr(found.rule.title, language)}" in block
        sources = {citation.source for citation in found.rule.basis}
        said_of = 1 + len(found.places[1:]) + len(sources) + len(found.fixes)
        assert block.count("\n   = ") == said_of
        assert all(str(citation) in block for citation in found.rule.basis)


def test_a_source_is_named_once() -> None:
    """Two places of one source share its title."""
    said = rendered("text", example(), language="en")
    line = next(line for line in said.split("\n") if "cn-gacc-2019-18#25" in line)
    assert line.count("No. 18") == 1


def test_a_workbook_is_pointed_at_by_its_cell() -> None:
    """Sheet and cell instead of line and column."""
    draft = Declaration(header=Declaration().header)
    content = write(draft, shipped(), "xlsx").content
    reading = read_workbook(content, shipped(), "draft.xlsx")
    report = audit(reading.draft, FACTS, name="draft.xlsx", stood=reading.stood)
    stood = report.stood._replace(cells={found.places[0]: "表头!B7" for found in report.findings})
    said = rendered("text", Audited(report._replace(stood=stood), reading))
    assert "--> draft.xlsx 表头!B7  " in said


def test_a_message_is_pointed_at_by_its_line() -> None:
    """An XML message has lines, and no columns."""
    content = (HOME / "examples" / "import_sea_faulty.xml").read_bytes()
    each = audited(content, "draft.xml", "xml")
    weight = next(
        found
        for found in each.report.findings
        if found.places[0] == Place("header", 0, "net_weight")
    )
    assert weight
    said = rendered("text", each)
    number = content[: content.index(b"<NetWt>")].count(b"\n") + 1
    assert f"--> draft.xml:{number}  净重" in said
    assert f" {number} |   " in said
