"""The report as a page: nothing in a draft can become markup of it."""

import re
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from knowledge.library import shipped
from tests.reports import SOUND, audited, broken, example, rendered

NASTY = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</dd></dl></article><h1>x",
    "{{ 7*7 }}{% raw %}",
    "&lt;b&gt;",
    "<!--",
]
MARKUP = [
    *NASTY,
    "| a | b |",
    "**bold** _em_ `code`",
    "[link](javascript:alert(1))",
    "![img](x)",
    "a\n# heading\n\n- item",
    "```\nfence",
    "~~gone~~",
    "\\`\\*",
]


class _Page(HTMLParser):
    """Collects the tags and the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def page(html: str) -> _Page:
    """Return what a browser would make of a page."""
    parser = _Page()
    parser.feed(html)
    parser.close()
    return parser


def nasty(value: str) -> str:
    """Return a draft with a value in its goods name, its procedure and an unknown key."""
    import json

    header = {
        "ie_flag": "I",
        "trade_mode": value,
        "net_weight": value,
        value: 1,
        "note": value * 99,
    }
    return json.dumps({"header": header, "items": [{"goods_name": value, "unit": value}]})


PLAIN = page(rendered("html", example(), broken(), audited("{")))


@pytest.mark.parametrize("value", NASTY)
def test_html_escapes_what_a_draft_says(value: str) -> None:
    """Tags and attributes stay those of the template; the value is there to be read."""
    made = page(rendered("html", audited(nasty(value), f"{value}.json")))
    assert made.tags <= PLAIN.tags
    assert made.attributes <= PLAIN.attributes
    assert value in made.text


def test_html_stands_alone() -> None:
    """No script, nothing fetched, and a policy that says so."""
    html = rendered("html", example())
    assert not re.search(r"<script|<link|<img|<iframe|@import|url\(", html)
    assert "default-src 'none'" in html
    links = set(re.findall(r'(?:href|src)="([^"]*)"', html))
    known = {source.url for name in shipped().sources() if (source := shipped().source(name))}
    assert links <= known
    assert all(link.startswith(("https://", "http://")) for link in links)
    assert 'name="viewport"' in html


@pytest.mark.parametrize(("language", "tongue"), [("zh", "zh-CN"), ("en", "en")])
def test_html_says_everything(language: str, tongue: str) -> None:
    """Each finding with its message, place, basis and changes, in the language asked for."""
    each = example()
    html = rendered("html", each, language=language)
    text = page(html).text
    assert f'<html lang="{tongue}">' in html
    for found in each.report.findings:
        assert found.rule.code in text
        assert getattr(found.message, language) in text
        assert all(str(citation) in text for citation in found.rule.basis)
    assert html.count("<article") == html.count("</article>") == len(each.report.findings)


def test_html_says_what_is_not_known() -> None:
    """Skipped rules, failed ones, and that an incomplete audit is no clean result."""
    assert "审核不完整，不能视为无误" in page(rendered("html", broken())).text
    assert "ZeroDivisionError: a <slip> of the pen" in page(rendered("html", broken())).text
    assert "审核不完整" not in page(rendered("html", example())).text
    quiet = example(SOUND)
    quiet = quiet._replace(report=quiet.report._replace(findings=(), skipped=()))
    assert "没有发现问题" in page(rendered("html", quiet)).text
    skipped = audited('{"header": {"ie_flag": "I"}}')
    assert skipped.report.skipped[0].why.zh in page(rendered("html", skipped)).text


@pytest.mark.parametrize("form", ["html", "md", "text"])
def test_a_value_without_end_is_cut(form: str) -> None:
    """A field of a megabyte does not make a page of megabytes."""
    said = rendered(form, audited(f'{{"header": {{"note": "{"长" * 1_000_000}"}}}}'))
    assert "…" in said
    assert len(said) < 100_000


def test_one_page_holds_every_report() -> None:
    """One head and one foot, a section for each draft."""
    html = rendered("html", example(), example(SOUND), audited("{"))
    assert (html.count("<html"), html.count("</html>"), html.count("<section>")) == (1, 1, 3)


@pytest.mark.parametrize("value", MARKUP)
def test_markdown_escapes_what_a_draft_says(value: str) -> None:
    """Rendered, the document has no element the template does not make."""
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    made = reader.render(rendered("md", audited(nasty(value), f"{value}.json")))
    wanted = {"h1", "h2", "p", "ul", "li", "code", "strong"}
    assert page(made).tags <= wanted
    assert " ".join(value.split()) in " ".join(page(made).text.split())


def test_markdown_passes_no_orders_on() -> None:
    """Control characters do not reach whoever prints the file."""
    said = rendered("md", audited(r'{"header": {"trade_mode": "\u001b[2J\u009b1m"}}'))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", said)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_markdown_says_everything(language: str) -> None:
    """Each finding has a heading, and each report its counts."""
    each = example()
    said = rendered("md", each, broken(), language=language)
    assert said.count("\n## ") == len(each.report.findings) + 2
    for found in each.report.findings:
        assert f" {found.rule.code} " in said
    assert "\n\n\n" not in said
