"""The permanent address of everything that can be cited."""

import re
from datetime import date
from urllib.parse import quote, urlencode

from knowledge.passage import Kind

RULE = re.compile(r"[A-Z]{2}-[A-Z]\d{3}")
FIELD = re.compile(r"[a-z_.]+\.[a-z0-9_]+")


def address(kind: Kind | str, entry: str, place: str = "", day: date | None = None) -> str:
    """Return where something is shown; empty where it has no page of its own.

    >>> address("source", "cn-law-customs", "24")
    '/law/cn-law-customs#p-24'
    >>> address("term", "trade_mode", "0110")
    '/codes/trade_mode#c-0110'
    """
    name = quote(entry, safe="")
    match kind:
        case "source":
            return law(entry, place, day)
        case "problem" | "measure":
            return f"/problems/{name}"
        case "rule":
            return f"/rules/{name}"
        case "field":
            return f"/fields/{name}"
        case "term" if place:
            return f"/codes/{name}#c-{quote(place, safe='')}"
        case _:
            return ""


def law(entry: str, place: str = "", day: date | None = None) -> str:
    """Return the address of an instrument, or of one of its places, as of a day."""
    asked = f"?{urlencode({'as_of': day.isoformat()})}" if day else ""
    return f"/law/{quote(entry, safe='')}{asked}" + (f"#p-{quote(place, safe='')}" if place else "")


def of_citation(written: str) -> str:
    """Return the address of something cited in a text.

    >>> of_citation("cn-gacc-2024-30#1"), of_citation("CN-W001"), of_citation("header.net_weight")
    ('/law/cn-gacc-2024-30#p-1', '/rules/CN-W001', '/fields/header.net_weight')
    """
    if RULE.fullmatch(written):
        return address("rule", written)
    if FIELD.fullmatch(written):
        return address("field", written)
    entry, _, place = written.partition("#")
    return law(entry, place)


def web(url: str) -> str:
    """Return an address that may be followed; empty for anything but a page of the web.

    >>> web("https://customs.gov.cn/"), web("javascript:alert(1)")
    ('https://customs.gov.cn/', '')
    """
    return url if url.startswith(("https://", "http://")) else ""
