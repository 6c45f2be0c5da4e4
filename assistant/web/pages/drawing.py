"""The one door to the templates: a template and its room into a page."""

from collections.abc import Mapping
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from assistant.web.pages import links, texts
from assistant.web.pages.visiting import Visitor, with_cookies
from assistant.web.state import today
from auditors.render.text import printable

HOME = Path(__file__).parent
SCRIPTED = "hx-request"
"""The header of a call that wants a piece of a page rather than a whole one."""


def drawn(template: str, request: Request, who: Visitor, code: int = 200, **room: Any) -> Response:
    """Return a page."""
    page = HTMLResponse(written(template, request, who, **room), code)
    page.headers["Vary"] = "Cookie, HX-Request"
    # Without a referrer at all browsers call the origin of our own forms null.
    page.headers["Referrer-Policy"] = "same-origin"
    return with_cookies(page, request, who)


def written(template: str, request: Request, who: Visitor, **room: Any) -> str:
    """Return what a template says to a visitor."""
    known: Mapping[str, Any] = {
        "who": who,
        "t": who.t,
        "said": who.said,
        "lang": who.lang,
        "path": request.url.path,
        "other_language": _other_language(request, who),
        "today": today(),
    }
    return _environment().get_template(template).render({**known, **room})


def in_part(request: Request) -> bool:
    """Return whether a script asks, which puts a piece into the page there is."""
    return SCRIPTED in request.headers


def _other_language(request: Request, who: Visitor) -> str:
    """The address of this page in the other language; of its start, where it answers a form."""
    other = who.t("en", "zh")
    if request.method != "GET":
        return f"/?lang={other}"
    asked = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    return f"{request.url.path}?{urlencode([*asked, ('lang', other)])}"


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HOME / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"static": static, "address": links.address, "law": links.law}
    made.filters |= {
        "plain": printable,
        "web": links.web,
        "bare": texts.bare,
        "body": texts.body,
        "page": texts.page,
        "marked": texts.marked,
    }
    return made


@cache
def static(name: str) -> str:
    """Return the address of a file of ours; it changes with the file."""
    told = blake2b((HOME / "static" / name).read_bytes(), digest_size=6).hexdigest()
    return f"/static/{name}?v={told}"
