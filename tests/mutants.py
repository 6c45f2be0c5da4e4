"""Mutants: change one comparison of a rule, and its sheet must fail.

For every written rule each comparison, boolean operator and number of its checks is changed in
turn, one mutant at a time, and the sheet of the rule is run against it. For the rules of the
field tables it is the data that is changed: a shape is widened, a length or a table shifted, a
need dropped. A mutant that its sheet does not notice is a case that is missing.

Run it by `make mutants`, or `python -m tests.mutants CN-W001 …` for some rules.
"""

import ast
import copy
import inspect
import re
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from auditors.catalogue import catalogue
from auditors.rule import Rule
from knowledge.fields import FieldTable, FormField
from knowledge.library import shipped
from tests.sheets import cases, sheets, verdict

SWAPS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
"""Each comparison and the nearest one that says something else."""


def mutants(tree: ast.Module) -> Iterator[tuple[str, ast.Module]]:
    """Give each mutant of a module with a word on where it was changed."""
    nodes = list(_choices(tree))
    for at, node in enumerate(nodes):
        for which in range(len(node.ops) if isinstance(node, ast.Compare) else 1):
            copied = copy.deepcopy(tree)
            twin = list(_choices(copied))[at]
            change = _change(twin, which)
            yield f"line {node.lineno}: {change}", ast.fix_missing_locations(copied)


def _choices(tree: ast.AST) -> Iterator[ast.Compare | ast.BoolOp]:
    """Give each comparison and boolean operator, but for those that only choose a wording."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.JoinedStr):
            continue
        if isinstance(node, ast.Compare | ast.BoolOp):
            yield node
        yield from _choices(node)


def _change(node: ast.Compare | ast.BoolOp, which: int) -> str:
    if isinstance(node, ast.BoolOp):
        was = type(node.op)
        node.op = ast.Or() if was is ast.And else ast.And()
        return f"{was.__name__} → {type(node.op).__name__}"
    before = type(node.ops[which])
    node.ops[which] = SWAPS[before]()
    return f"{before.__name__} → {SWAPS[before].__name__}"


def survivors(rule: Rule, sheet: dict[str, Any]) -> Iterator[str]:
    """Give the mutants of a rule that its sheet does not notice."""
    module = sys.modules[rule.module]
    tree = ast.parse(inspect.getsource(module))
    for where, mutant in mutants(tree):
        if not _noticed(_rule_of(mutant, module), sheet):
            yield f"{rule.code} {where}"


def _rule_of(mutant: ast.Module, module: ModuleType) -> Rule:
    room: dict[str, Any] = {"__name__": module.__name__}
    exec(compile(mutant, str(module.__file__), "exec"), room)
    return next(value for value in room.values() if isinstance(value, Rule))


def _noticed(mutant: Rule, sheet: dict[str, Any]) -> bool:
    """Whether some case of the sheet goes wrong with the mutant in the rule's place."""
    alone = {code: rule for code, rule in catalogue().items() if not rule.check}
    alone[mutant.code] = mutant
    return any(verdict(sheet, case, alone) for _, case in cases(sheet))


def field_mutants(code: str) -> Iterator[tuple[str, FieldTable]]:
    """Give the field tables with one thing changed that a rule of theirs rests on."""
    fields = shipped().fields
    for block in fields.values():
        for field in block.fields.values():
            for where, changed in _field_changes(field, code):
                twin = block._replace(fields={**block.fields, field.name: changed})
                yield f"{block.id}.{field.name}: {where}", {**fields, block.id: twin}


def _field_changes(field: FormField, code: str) -> Iterator[tuple[str, FormField]]:
    if field.need == code:
        yield "need dropped", field._replace(need="")
    if field.lookup == code:
        yield "table dropped", field._replace(table="", lookup="")
    if field.format == code and field.shape:
        yield "shape dropped", field._replace(shape="(?s:.*)")
    if field.format == code != "CN-M009" and field.kind in {"number", "count"}:
        yield "a digit more", field._replace(size=_more_digits(field.size))
    if field.length and code == "CN-F013":
        yield "a sign more", field._replace(length=field.length + 1)
        yield "a sign less", field._replace(length=field.length - 1)


def _more_digits(size: str) -> str:
    """`n14,5` becomes `n14,6`, and `n≤9` becomes `n≤10`."""
    head, last = re.fullmatch(r"(.*?)(\d+)", size).groups()  # type: ignore[union-attr]  # each size has a number
    return f"{head}{int(last) + 1}"


def field_survivors(rule: Rule, sheet: dict[str, Any]) -> Iterator[str]:
    """Give the changes of the field tables that the sheet of their rule does not notice."""
    for where, fields in field_mutants(rule.code):
        if not any(verdict(sheet, case, None, fields) for _, case in cases(sheet)):
            yield f"{rule.code} {where}"


def main(wanted: list[str]) -> int:
    """Try every mutant; return how many no sheet noticed."""
    held = sheets()
    chosen = [rule for rule in catalogue().values() if rule.code in (wanted or held)]
    left = [
        survivor
        for rule in chosen
        for survivor in (survivors if rule.check else field_survivors)(rule, held[rule.code])
    ]
    for survivor in left:
        print(survivor)
    print(f"{len(chosen)} rules, {len(left)} mutants unnoticed")
    return len(left)


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1:]) else 0)
