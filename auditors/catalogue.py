"""The catalogue: every rule there is, found by looking into the rules' folders."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import cast

from auditors.rule import Rule, Status, Weight
from knowledge.citation import Citation
from knowledge.span import Span
from knowledge.text import Text

HOME = Path(__file__).parent / "rules"
FAMILY_ORDER = "MFCXTWDPKRV"


@cache
def catalogue(country: str = "cn") -> Mapping[str, Rule]:
    """Return every rule of a country by its code, in the order of families and numbers."""
    found = [*_written(country), *_from_fields(country)]
    return {rule.code: rule for rule in sorted(found, key=_order)}


def _order(rule: Rule) -> tuple[int, str]:
    return FAMILY_ORDER.find(rule.family), rule.code


def _written(country: str) -> Iterator[Rule]:
    for file in sorted((HOME / country).glob("*/[a-z][0-9]*.py")):
        module = import_module(f"auditors.rules.{country}.{file.parent.name}.{file.stem}")
        yield from (value for value in vars(module).values() if isinstance(value, Rule))


def _from_fields(country: str) -> Iterator[Rule]:
    """Rules whose fields, shapes and tables are data of the form: a title and a page each."""
    file = HOME / country / "from_fields.md"
    _, *sections = re.split(r"^## ", file.read_text("utf-8"), flags=re.M)
    for section in sections:
        head, _, page = section.partition("\n\n")
        code, *lines = head.splitlines()
        record = dict(line.split(": ", 1) for line in lines)
        yield _made(code, record, page.strip(), f"auditors.rules.{country}.from_fields")


def _made(code: str, record: Mapping[str, str], page: str, module: str) -> Rule:
    weight = cast(Weight, record["severity"])
    status = cast(Status, record["status"])
    return Rule(
        code=code,
        title=Text(record["zh"], record["en"]),
        severity=weight,
        status=status,
        basis=Citation.parse_all(record["basis"]),
        over="",
        only={},
        span=Span(),
        page=page,
        module=module,
        check=None,
        asks={},
    )
