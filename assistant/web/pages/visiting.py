"""Who looks at a page, in which language, and with which token their forms are to come back."""

from collections.abc import Callable
from typing import Annotated, NamedTuple

from fastapi import Depends
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from assistant.access.caller import Caller, Scope
from assistant.access.csrf import FIELD, HEADER, VISIT, new_visit, token_fits, token_for
from assistant.web.callers import SESSION, caller, having
from assistant.web.problems import Problem
from assistant.web.state import state_of
from knowledge.text import Language, Text

LANGUAGE = "declarant_lang"
YEAR = 31_536_000
MOST_FIELDS = 40_000
"""Fields of a form; a declaration of a hundred items has some six thousand."""
MOST_FILES = 200
STALE = Text(
    "页面已过期，请刷新后再提交", "This page is out of date: reload it and send the form again"
)


class Visitor(NamedTuple):
    """Somebody who looks at a page."""

    known: Caller | None
    """None on the page to log in."""
    lang: Language
    token: str
    """What their forms carry to prove they came from here."""
    visit: str
    """A cookie still to be set; empty where they have one."""

    def t(self, zh: str, en: str) -> str:
        """Return one wording in their language."""
        return zh if self.lang == "zh" else en

    def said(self, text: Text) -> str:
        """Return a text in their language, in Chinese where there is no other."""
        return text.said_in(self.lang) or text.zh

    @property
    def logged_in(self) -> bool:
        """Whether they are a person who logged in."""
        return bool(self.known and self.known.name.startswith("user:"))


async def anybody(request: Request) -> Visitor:
    """Return a visitor who need not be known."""
    cookie = request.cookies.get(SESSION) or request.cookies.get(VISIT)
    held = cookie or new_visit()
    token = token_for(held, state_of(request).access.seal)
    return Visitor(None, language_of(request), token, "" if cookie else held)


async def visitor(request: Request) -> Visitor:
    """Return a visitor whom the site knows.

    Raises:
        Problem: it does not, or too many calls were made.
    """
    known = await caller(request)
    return (await anybody(request))._replace(known=known)


Anybody = Annotated[Visitor, Depends(anybody)]
Visiting = Annotated[Visitor, Depends(visitor)]


def may(scope: Scope) -> Callable[[Visitor], Visitor]:
    """Return a dependency that lets in visitors with a scope."""

    def allowed(who: Visiting) -> Visitor:
        assert who.known
        having(who.known, scope)
        return who

    return allowed


def known_of(who: Visitor) -> Caller:
    """Return the caller that a visitor is."""
    assert who.known
    return who.known


async def form_of(request: Request, largest: int = 1_000_000) -> FormData:
    """Return a form that came from one of our pages.

    Args:
        request: the call.
        largest: characters of one field.

    Raises:
        Problem: it did not, or not from this browser.
    """
    form = await request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=largest)
    token = request.headers.get(HEADER) or text_of(form, FIELD)
    cookie = request.cookies.get(SESSION) or request.cookies.get(VISIT)
    if not token_fits(cookie, token, state_of(request).access.seal):
        raise Problem("not_allowed", STALE)
    return form


def text_of(form: FormData, name: str, longest: int | None = None) -> str:
    """Return what was typed in a field; nothing where it is missing or a file."""
    held = form.get(name)
    return held[:longest] if isinstance(held, str) else ""


def language_of(request: Request) -> Language:
    """Return the language somebody chose, else the one their browser likes best."""
    for chosen in (request.query_params.get("lang"), request.cookies.get(LANGUAGE)):
        if chosen == "zh":
            return "zh"
        if chosen == "en":
            return "en"
    liked = request.headers.get("accept-language", "").strip().lower()
    return "en" if liked.startswith("en") else "zh"


def with_cookies(response: Response, request: Request, who: Visitor) -> Response:
    """Return a response that lets the browser remember who visits and in which language."""
    secure = request.url.scheme == "https"
    if who.visit:
        response.set_cookie(VISIT, who.visit, httponly=True, samesite="lax", secure=secure)
    if request.query_params.get("lang") in ("zh", "en"):
        response.set_cookie(LANGUAGE, who.lang, YEAR, httponly=True, samesite="lax", secure=secure)
    return response
