"""Where a thing is done: at which authority, on which way in, and whom to call."""

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.shelf import Shelf
from assistant.tools.asking import asked_in, left_over
from assistant.tools.saying import confirmed, told
from assistant.tools.tool import Tool
from assistant.turn import Sentence, Turn, Worked
from knowledge.index.terms import plain, terms
from knowledge.library import Library
from knowledge.services import Service
from knowledge.text import Text

PLACE = re.compile(
    r"在?哪(?:里|儿|个(?:部门|单位|网站|系统|菜单|平台|机关)|办|交|打|查|填|申请|提交|申报|打印)?|(?:找|问|去)谁|什么(?:部门|单位|地方|网站|平台)|"
    r"入口|菜单|路径|网址|电话|热线|客服|号码|where|which (?:authority|ministry|office|department|menu|website|system|agency|page)|"
    r"who (?:handles|issues|do i (?:call|ask|contact)|should i (?:call|ask|contact))|hotline|phone|menu|telephone|number to call"
)
FRAME = (
    PLACE.pattern,
    r"办理?|申请|提交|多少|是|能|可以|去|要|该|怎么|单一窗口(?=里|上|的)|打(?=$)|一下|问|拨|找",
    r"\b(?:apply|do|can|get|is|are|the|for|find|call|handle|handles|issue|issues|submit|who|number|go)\b",
)
OF_QUESTION, OF_PHRASE = 0.6, 0.5
MOST = 1


def answer(turn: Turn, shelf: Shelf) -> Worked | None:
    """Return the service a question asks the whereabouts of."""
    text = plain(asked_in(turn))
    if turn.understood.kind != "where" and not PLACE.search(text):
        return None
    own = frozenset(terms(left_over(text, (), FRAME))) or frozenset(terms(text))
    near = {name: _nearness(own, phrases) for name, phrases in _phrases(shelf.library).items()}
    found = sorted((name for name in near if near[name]), key=lambda name: (-near[name], name))[
        :MOST
    ]
    if not found:
        return None
    services = [shelf.library.services[name] for name in found]
    return Worked(
        tool=TOOL.name,
        sentences=tuple(said for each in services for said in _said(each, turn)),
        data={"services": found},
    )


@lru_cache(maxsize=4)
def _phrases(library: Library) -> dict[str, tuple[frozenset[str], ...]]:
    """The terms of each way to ask for a service, and of its name."""
    held = {}
    for name, service in library.services.items():
        said = (left_over(phrase, (), FRAME) for phrase in (*service.name, *service.asked))
        held[name] = tuple(filter(None, (frozenset(terms(each)) for each in said)))
    return held


def _nearness(own: frozenset[str], phrases: tuple[frozenset[str], ...]) -> float:
    """The share of common terms (0 to 1) with the nearest phrase; 0 where it is another matter."""
    shares = [
        len(own & phrase) / len(own | phrase)
        for phrase in phrases
        if own
        and len(own & phrase) >= OF_QUESTION * len(own)
        and len(own & phrase) >= OF_PHRASE * len(phrase)
    ]
    return max(shares, default=0.0)


def _said(service: Service, turn: Turn) -> Iterator[Sentence]:
    mark = confirmed(service.status)
    text = Text(
        f"{service.name.zh}：{service.authority.zh}办理{mark.zh}",
        f"{service.name.en}: handled by {service.authority.en}{mark.en}",
    )
    yield told(text, turn.lang, service.id)
    if service.path.said_in(turn.lang):
        text = Text(f"办法：{service.path.zh}", f"How: {service.path.en}")
        yield told(text, turn.lang, service.id)
    if service.hotline:
        text = Text(
            f"{service.name.zh}的咨询电话：{service.hotline}",
            f"Hotline for {service.name.en}: {service.hotline}",
        )
        yield told(text, turn.lang, service.id)


TOOL = Tool("where", explicit=False, answer=answer)
