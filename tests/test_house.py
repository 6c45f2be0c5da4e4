"""The rules of the house, kept by machine."""

import inspect
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from auditors import blocks, declaration
from auditors.catalogue import catalogue
from auditors.names import PARTS, find
from auditors.part import Part
from auditors.rule import FAMILIES, STATUSES, Rule
from knowledge.library import shipped

HOME = Path(__file__).parents[1]
RULES = list(catalogue().values())
WRITTEN = [rule for rule in RULES if rule.check]
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
each_written_rule = pytest.mark.parametrize("rule", WRITTEN, ids=lambda rule: rule.code)
KINDS = {
    "code": "str | None",
    "text": "str | None",
    "number": "Decimal | None",
    "count": "int | None",
    "date": "Day | None",
    "moment": "Moment | None",
    "codes": "tuple[str, ...]",
    "counts": "tuple[int, ...]",
    "texts": "tuple[str, ...]",
    "numbers": "Mapping[str, Decimal]",
}
CLASSES = {
    **{name: kind.__name__ for name, kind in PARTS.items()},
    "header": "Header",
    "items.goods_limits": "Permit",
    "items.goods_limits.vin": "Vehicle",
    "sign": "Sign",
    "transit": "Transit",
    "transit.means": "TransitMeans",
    "transit.containers": "TransitContainer",
    "transit.goods": "TransitGoods",
    "risk": "Risk",
    "documents.invoice": "Invoice",
    "documents.packing_list": "PackingList",
    "documents.bill_of_lading": "BillOfLading",
    "documents.contract": "Contract",
    "context": "Context",
}


@each_written_rule
def test_a_rule_asks_only_for_names_there_are(rule: Rule) -> None:
    """The arguments of a check are fields, blocks or circumstances."""
    assert all(find(name, rule.over) for name in (*rule.asks, *rule.only))


@each_written_rule
def test_a_rule_types_its_fields_as_they_come(rule: Rule) -> None:
    """An argument is annotated with the type of the field it names."""
    assert rule.check is not None
    for name, parameter in inspect.signature(rule.check).parameters.items():
        block = {"part": rule.over, "header": "header", "context": "context"}.get(
            find(name, rule.over).owner, ""
        )
        if not block:
            continue
        kind = shipped().fields[block].fields[name].kind
        wanted = (
            KINDS[kind].removesuffix(" | None").replace("Day", "date").replace("Moment", "datetime")
        )
        given = inspect.formatannotation(parameter.annotation).replace("datetime.", "")
        given = given.replace("decimal.", "").replace("collections.abc.", "")
        assert given.removesuffix(" | None") == wanted, name


@each_written_rule
def test_a_rule_lives_at_its_address(rule: Rule) -> None:
    """The file of a rule begins with its code and stands in its country's folder."""
    country, _, number = rule.code.lower().partition("-")
    folder, _, name = rule.module.rpartition(".")
    assert f".{country}." in folder
    assert name.startswith(f"{number}_")


@each_rule
def test_every_citation_leads_somewhere(rule: Rule) -> None:
    """Each place a rule cites is a heading of a source."""
    assert rule.basis
    for citation in rule.basis:
        source = shipped().source(citation.source)
        assert source, citation
        assert not citation.place or citation.place in source.places, citation


@each_rule
def test_every_rule_has_a_page_in_both_languages(rule: Rule) -> None:
    """A page says why, in English and in Chinese, and shows what is wrong, right and unseen."""
    for mark in ("Wrong:", "Right:", "Limits:", "局限："):
        assert re.search(rf"^{mark} ?\S", rule.page, re.M), mark
    assert re.search(r"[A-Za-z]{3}", rule.page.splitlines()[0])
    why = rule.page.partition("Wrong:")[0]
    assert re.search(r"[\u4e00-\u9fff]{4}", why)
    assert rule.title.zh
    assert rule.title.en


@each_rule
def test_every_rule_is_of_a_known_family_and_status(rule: Rule) -> None:
    """Families and statuses have a wording."""
    assert rule.family in FAMILIES
    assert rule.status in STATUSES
    assert rule.severity in {"error", "error*", "warning", "info"}
    assert rule.status != "disputed" or rule.severity == "info"


def test_no_code_is_used_twice() -> None:
    """Each code names one rule."""
    files = [
        file.stem.split("_")[0] for file in (HOME / "auditors/rules").glob("*/*/[a-z][0-9]*.py")
    ]
    assert not [code for code, times in Counter(files).items() if times > 1]


def test_the_field_tables_and_the_classes_agree() -> None:
    """Every field of the form stands in its class, in the same order and of its kind."""
    classes = {**vars(blocks), **vars(declaration)}
    for name, block in shipped().fields.items():
        hints = inspect.get_annotations(classes[CLASSES[name]])
        wanted = {field.name: KINDS[field.kind] for field in block.fields.values()}
        given = {field: _written(hint) for field, hint in hints.items() if field in wanted}
        assert given == wanted, name
        extra = hints.keys() - wanted.keys()
        assert extra <= {"goods_limits", "vin", "means", "containers", "goods"}, extra


def _written(hint: object) -> str:
    text = inspect.formatannotation(hint)
    if "datetime.datetime" in text:
        return "Moment | None"
    text = re.sub(r"(decimal|auditors\.part|collections\.abc)\.", "", text)
    return text.replace("typing.", "")


def test_every_rule_of_a_field_is_in_the_catalogue() -> None:
    """The codes the field tables name are rules."""
    for block in shipped().fields.values():
        for field in block.fields.values():
            for code in filter(None, (field.need, field.format, field.lookup)):
                assert code in catalogue(), f"{block.id}.{field.name} names {code}"


def test_every_table_of_a_field_is_there() -> None:
    """The tables the field tables name are in the pack."""
    for block in shipped().fields.values():
        for field in block.fields.values():
            assert not field.table or shipped().table(field.table)


def test_no_file_outgrows_its_reader() -> None:
    """No module is longer than 400 lines."""
    floors = ("knowledge", "auditors", "assistant", "bots", "tests", "docs", "benchmarks")
    files = (file for floor in floors for file in (HOME / floor).rglob("*.py"))
    long = [file for file in files if len(file.read_text("utf-8").splitlines()) > 400]
    assert not long


def test_the_generated_pages_are_fresh() -> None:
    """The pages made from the code say what the code says."""
    command = [sys.executable, "-m", "docs.make", "--check"]
    done = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=False)
    # in a process of its own: click keeps the help option of a command as it was first called
    assert (done.returncode, done.stderr) == (0, "")


def test_an_audit_loads_nothing_heavy() -> None:
    """Auditing JSON imports no model, index, messenger, web or spreadsheet library."""
    program = """
import sys
from pathlib import Path
from auditors import audit, day_of, read
from knowledge import shipped
content = Path("tests/drafts/cn_import.json").read_bytes()
reading = read(content, shipped(), "cn_import.json")
audit(reading.draft, shipped().on(day_of(reading.draft)))
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=HOME, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    heavy = {"torch", "chromadb", "langchain", "langchain_core", "aiogram", "fastapi", "pydantic"}
    assert not loaded & (heavy | {"openpyxl", "lxml", "jinja2", "numpy", "transformers"})


def test_the_shared_facts_are_not_needed() -> None:
    """Nothing in the repository names a folder that its users do not have."""
    words = re.compile("|".join(("/wor" + "k/", "shared" + "/domain", "shared" + "/corpus")))
    files = subprocess.run(
        ["git", "ls-files"], cwd=HOME, capture_output=True, text=True, check=True
    )
    for name in files.stdout.split("\n"):
        file = HOME / name
        if name and file.is_file() and file.suffix != ".xlsx":
            assert not words.search(file.read_text("utf-8", "replace")), name


def test_every_part_is_frozen() -> None:
    """A draft cannot be changed behind the back of whoever holds it."""
    kinds = [
        kind for kind in {**vars(blocks), **vars(declaration)}.values() if isinstance(kind, type)
    ]
    parts = [kind for kind in kinds if issubclass(kind, Part)]
    assert len(parts) > 20
    assert all(kind.__struct_config__.frozen for kind in parts)


def test_the_hints_of_a_declaration_resolve() -> None:
    """Every block of a declaration has a class."""
    hints = get_type_hints(declaration.Declaration)
    assert all(get_args(hint) or isinstance(hint, type) for hint in hints.values())
