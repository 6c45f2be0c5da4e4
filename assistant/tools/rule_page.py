"""What a rule means: by its code, or by the message that was pasted."""

import re
from collections.abc import Iterator

from assistant.shelf import Shelf
from assistant.tools.asking import asked_in
from assistant.tools.law_said import labelled
from assistant.tools.saying import shortened, titled, told
from assistant.tools.tool import Tool
from assistant.turn import Sentence, Turn, Worked
from assistant.wording import TO_BE_CONFIRMED
from auditors.rule import FAMILIES, STATUSES, Rule
from knowledge.citation import Citation
from knowledge.entries import Problem
from knowledge.index.references import rules_in
from knowledge.index.terms import plain, terms
from knowledge.text import Language, Text

CUE = re.compile(
    r"(?:系统|单一窗口|电子口岸|软件)(?:一直|老是|总是|会|又)?(?:提示|显示|说|报错?)|"
    r"审核(?:提示|说|结果|报告)(?:了|说|是|为)?|"
    r"(?:弹窗|弹出|报错|提示|回执|退单(?:原因|理由))(?:了|内容|显示|说|是|为)*\s*[:“\"「]|提示(?=\S)|"
    r"(?:the )?(?:audit|system|report|single window|error|warning|message|alert|checker|tool)"
    r"(?: message)?(?: keeps?| always)?\s*"
    r"(?:says|said|saying|tells me|reads|shows|reports|complains|:)(?: that)?"
)
ASKS = re.compile(
    r"怎么(?:办|改|回事|处理|解决)|为什么|什么意思|啥意思|咋(?:办|改)|如何(?:处理|修改)|是什么|what does (?:it|this|that) mean|"
    r"why(?: is that)?|what (?:to|should i|do i|can i) do|how (?:do i|can i|to) (?:fix|solve|correct)(?: it| this)?|what now"
)
QUOTE = re.compile(r"[“”\"'「」『』:：,，。?？!！.]")
OF_QUESTION, OF_TITLE = 0.75, 0.55
"""Shares of terms that a pasted message must have in common with a rule, and with its title."""
LEAST_TERMS, CANDIDATES, MOST_RULES, MOST_CITED = 3, 6, 2, 3
WHY, EXAMPLE, DO = 200, 160, 200
MARKER = re.compile(r"\s*\[([a-z][\w.#-]*)\]")
SEVERITY = {
    "error": Text("错误，海关会退单", "an error, customs will return it"),
    "error*": Text("可能退单，依据未读原文", "perhaps an error; its legal text was not read"),
    "warning": Text("警告，可能退单或查验", "a warning, it may be returned or examined"),
    "info": Text("提示", "worth a look"),
}


def answer(turn: Turn, shelf: Shelf) -> Worked | None:
    """Return why a rule is there, what is right and wrong, what to do and the article."""
    if turn.understood.kind == "audit":
        return None
    text = plain(asked_in(turn))
    codes = tuple(dict.fromkeys((*turn.understood.mentions.rules, *rules_in(text))))
    known = [shelf.rules[code] for code in codes if code in shelf.rules][:MOST_RULES]
    if not known and (wrong := [code for code in codes if code.lower() in text]):
        return _no_rule(wrong[0], turn.lang, shelf)
    if not known and (pasted := _pasted(text, turn, shelf)):
        known = [pasted]
    if not known:
        return None
    return Worked(
        tool=TOOL.name,
        sentences=tuple(said for rule in known for said in _page(rule, turn, shelf)),
        data={"rules": [rule.code for rule in known]},
        suggestions=tuple(
            problem.title.said_in(turn.lang)
            for rule in known
            for problem in _problems(rule, turn, shelf)
        ),
    )


def _pasted(text: str, turn: Turn, shelf: Shelf) -> Rule | None:
    """The rule whose message a text quotes; only where it says that something told it so."""
    cue = CUE.search(text)
    if cue is None:
        return None
    message = QUOTE.sub(" ", ASKS.sub(" ", text[: cue.start()] + " " + text[cue.end() :]))
    own = set(terms(message))
    if len(own) < LEAST_TERMS:
        return None
    hits = shelf.index.find(message, turn.day, kind="rule", limit=CANDIDATES)
    rules = [shelf.rules[hit.passage.id] for hit in hits if hit.passage.id in shelf.rules]
    near = {rule.code: _nearness(own, rule) for rule in rules}
    best = max(near, key=lambda code: near[code], default="")
    return shelf.rules[best] if best and near[best] else None


def _nearness(own: set[str], rule: Rule) -> float:
    """How near a message is to a rule in its nearer language; 0 where it is another matter."""
    shares = []
    for title in rule.title:
        held = set(terms(title))
        page = held | set(terms(rule.page))
        of_own, of_title = len(own & page) / len(own), len(own & held) / len(held)
        enough = of_own >= OF_QUESTION and of_title >= OF_TITLE
        shares.append(len(own & held) / len(own | held) if enough else 0.0)
    return max(shares)


def _page(rule: Rule, turn: Turn, shelf: Shelf) -> Iterator[Sentence]:
    lang, page = turn.lang, _parts(rule.page)
    weight = SEVERITY[rule.severity]
    why = Text(shortened(page["zh"], WHY), shortened(page["en"], WHY))
    text = Text(
        f"{rule.code} {rule.title.zh}（{weight.zh}）：{why.zh}",
        f"{rule.code} {rule.title.en} ({weight.en}): {why.en}",
    )
    yield told(text, lang, rule.code, shown=(weight.said_in(lang),))
    if not rule.span.covers(turn.day):
        days = f"{rule.span.since or '…'} – {rule.span.until or '…'}"
        text = Text(
            f"{turn.day}不适用，适用期{days}", f"It does not apply on {turn.day}; it holds {days}"
        )
        yield told(text, lang)
    wrong, right = shortened(page["Wrong"], EXAMPLE), shortened(page["Right"], EXAMPLE)
    if wrong and right:
        ends = (wrong.rstrip(".。"), right.rstrip(".。"))
        text = Text("错：{}；对：{}".format(*ends), "Wrong: {}; right: {}".format(*ends))
        yield told(text, lang, rule.code)
    for problem in _problems(rule, turn, shelf)[:1]:
        yield _remedy(problem, lang)
    yield from _basis(rule, lang, shelf)


def _parts(page: str) -> dict[str, str]:
    """A page cut into why, in either language, and its examples."""
    parts = {"zh": "", "en": "", "Wrong": "", "Right": "", "rest": ""}
    at = "en"
    for line in page.splitlines():
        head, sign, said = line.partition(": ")
        if sign and head in ("Wrong", "Right", "Limits"):
            at, line = (head if head in parts else "rest"), said
        elif line.startswith("局限"):
            at = "rest"
        elif at in ("en", "zh") and line.strip():
            at = "zh" if re.search(r"[\u3400-\u9fff]", line[:12]) else "en"
        glue = "" if at == "zh" else " "
        parts[at] += (glue if parts[at] else "") + line.strip()
    return parts


def _problems(rule: Rule, turn: Turn, shelf: Shelf) -> list[Problem]:
    """Published answers on the rule, those that speak of fewest rules first."""
    every = shelf.library.problems().values()
    own = [each for each in every if rule.code in each.rules and each.span.covers(turn.day)]
    return sorted(own, key=lambda each: (len(each.rules), each.id))[:MOST_RULES]


def _remedy(problem: Problem, lang: Language) -> Sentence:
    short = problem.short.said_in(lang)
    cites = (problem.id, *dict.fromkeys(MARKER.findall(short)))
    said = MARKER.sub("", short)
    mark = TO_BE_CONFIRMED if problem.status in ("unverified", "disputed") else Text("", "")
    text = Text(
        f"怎么办：{shortened(said, DO)}{mark.zh}", f"What to do: {shortened(said, DO * 2)}{mark.en}"
    )
    return told(text, lang, *cites)


def _basis(rule: Rule, lang: Language, shelf: Shelf) -> Iterator[Sentence]:
    named: dict[str, Text] = {}
    for citation in rule.basis[:MOST_CITED]:
        if text := _cited(citation, shelf):
            named[str(citation)] = text
    known = STATUSES[rule.status]
    mark = TO_BE_CONFIRMED if rule.status in ("unverified", "disputed") else Text("", "")
    if named:
        text = Text(
            f"依据：{'、'.join(each.zh for each in named.values())}（{known.zh}）{mark.zh}",
            f"Basis: {'; '.join(each.en for each in named.values())} ({known.en}){mark.en}",
        )
        yield told(text, lang, *named, shown=(known.said_in(lang),))


def _cited(citation: Citation, shelf: Shelf) -> Text | None:
    source = shelf.library.source(citation.source)
    if source is None or str(citation) not in shelf.passages:
        return None
    title, label = titled(source), labelled(source.id, citation.place)
    return Text(f"{title.zh}{label.zh}", f"{title.en} {label.en}".rstrip())


def _no_rule(code: str, lang: Language, shelf: Shelf) -> Worked:
    family = [each for each in shelf.rules if each.startswith(code[:4])]
    of = FAMILIES.get(code[3:4])
    ends = f"{family[0]}–{family[-1]}" if family else ""
    near = Text(f"，{of.zh}类有{ends}", f"; {of.en} are {ends}") if of and ends else Text("", "")
    text = Text(
        f"没有{code}这条规则{near.zh}，请核对代码",
        f"There is no rule {code}{near.en}; check the code",
    )
    return Worked(
        tool="rule_page",
        sentences=(told(text, lang, shown=(code, *ends.split("–"))),),
        data={"rules": [], "asked": code},
        status="abstain",
    )


TOOL = Tool("rule_page", explicit=True, answer=answer)
