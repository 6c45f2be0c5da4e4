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
    """Return the tools there are: those that the modules of this package hold."""
    modules = (
        import_module(f"{assistant.tools.__name__}.{found.name}")
        for found in iter_modules(assistant.tools.__path__)
    )
    found = (tool for each in modules for tool in vars(each).values() if isinstance(tool, Tool))
    held = dict.fromkeys(found)
    order = {name: place for place, name in enumerate(FIRST)}
    return tuple(sorted(held, key=lambda tool: (order.get(tool.name, len(order)), tool.name)))
