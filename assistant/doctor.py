"""Looks a site over: whether all it needs is there and sound, and what to do where it is not.

Nothing is made, changed or repaired here; `declarant serve` sets a fresh site up.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from knowledge.text import Text

if TYPE_CHECKING:
    from assistant.settings import Settings

State = Literal["ok", "warn", "fault"]
NOTHING = Text("", "")
BETTER = Text("请看上一行的原因，改正后重查", "Mend what is told here and look again")


class Line(NamedTuple):
    """What was found of one thing."""

    name: str
    state: State
    says: Text
    do: Text = NOTHING
    """What to do about it; nothing where all is well."""


Checkup = Callable[["Settings"], Iterable[Line]]


def examine(settings: "Settings", host: str = "127.0.0.1", port: int = 8000) -> Iterator[Line]:
    """Look everything over; a check-up that fails itself is a fault and stops no other one.

    Args:
        settings: of the site.
        host: the address that is to be served.
        port: the port that is to be served.
    """
    from assistant.checkups import knowledge, machine, memory, site

    yield Line("settings", "ok", Text("设置可用", "The settings can be used"))
    yield from _all(site.CHECKUPS, settings)
    yield from _all(memory.CHECKUPS, settings)
    yield from _all(knowledge.CHECKUPS, settings)
    yield from _all(machine.CHECKUPS, settings)
    yield from _one(lambda _: machine.port_of(host, port), settings, "port")


def unusable(fault: ValueError) -> Line:
    """Return what is wrong with settings that cannot be used at all."""
    return Line("settings", "fault", wrong_settings(fault), Text("改 declarant.toml 或环境变量 DECLARANT_…", "Correct declarant.toml or the variables DECLARANT_…"))  # fmt: skip


def wrong_settings(fault: ValueError) -> Text:
    """Return which settings are wrong; their values may be secrets and are not told."""
    errors = getattr(fault, "errors", None)
    if errors is None:
        said = str(fault)
        return Text(f"declarant.toml 读不懂：{said}", f"declarant.toml cannot be read: {said}")
    held: list[dict[str, Any]] = errors(include_input=False, include_url=False)
    told = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in held[:5])
    return Text(f"设置有误：{told}", f"Settings are wrong: {told}")


def _all(checkups: Iterable[Checkup], settings: "Settings") -> Iterator[Line]:
    for each in checkups:
        yield from _one(each, settings, each.__name__)


def _one(checkup: Checkup, settings: "Settings", name: str) -> Iterator[Line]:
    try:
        yield from checkup(settings)
    except Exception as fault:
        kind = type(fault).__name__
        yield Line(name, "fault", Text(f"无法检查（{kind}）", f"Could not be looked at ({kind})"), BETTER)  # fmt: skip
