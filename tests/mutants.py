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
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from auditors.catalogue import catalogue
from auditors.rule import Rule
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
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Compare | ast.BoolOp)]
    for at, node in enumerate(nodes):
        for which in range(len(node.ops) if isinstance(node, ast.Compare) else 1):
            copied = copy.deepcopy(tree)
            twin = [n for n in ast.walk(copied) if isinstance(n, ast.Compare | ast.BoolOp)][at]
            change = _change(twin, which)
            yield f"line {node.lineno}: {change}", ast.fix_missing_locations(copied)


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


def main(wanted: list[str]) -> int:
    """Try every mutant; return how many no sheet noticed."""
    held = sheets()
    written = [rule for rule in catalogue().values() if rule.check]
    chosen = [rule for rule in written if not wanted or rule.code in wanted]
    left = [survivor for rule in chosen for survivor in survivors(rule, held[rule.code])]
    for survivor in left:
        print(survivor)
    print(f"{len(chosen)} rules, {len(left)} mutants unnoticed")
    return len(left)


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1:]) else 0)
