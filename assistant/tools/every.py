"""Every tool, in the order they are asked."""

from importlib import import_module
from pkgutil import iter_modules

import assistant.tools
from assistant.tools.tool import Tool

FIRST = (
    *("finding", "trade_mode", "law_changes", "law_article", "rule_page"),
    *("late_payment", "late_fee", "tax", "deadline"),
)
"""Tools whose matter is plainest are asked first; the rest follow by name."""


def every_tool() -> tuple[Tool, ...]:
    """Return the tools there are: every module of this package that holds a `TOOL`."""
    modules = (
        import_module(f"{assistant.tools.__name__}.{found.name}")
        for found in iter_modules(assistant.tools.__path__)
    )
    held = {each.TOOL.name: each.TOOL for each in modules if hasattr(each, "TOOL")}
    first = [held.pop(name) for name in FIRST if name in held]
    return (*first, *(held[name] for name in sorted(held)))
