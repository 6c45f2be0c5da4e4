"""A report as text, JSON, SARIF, JUnit, HTML, Markdown or Excel."""

from collections.abc import Iterable, Iterator

from auditors.render.audited import Audited, Renderer
from knowledge.text import Language

FORMATS = ("text", "json", "sarif", "junit", "html", "xlsx", "md")


def pieces(
    form: str, audited: Iterable[Audited], language: Language, single: bool, coloured: bool = False
) -> Iterator[bytes]:
    """Give a rendering piece by piece, as the reports come.

    Args:
        form: one of `FORMATS`.
        audited: reports and readings, one by one.
        language: of what a person reads.
        single: one report is an object in JSON, several are a list.
        coloured: whether text is coloured.
    """
    if form == "xlsx":
        from auditors.render.marked import marked

        yield from (marked(each.report, each.reading) for each in audited)
        return
    for text in _renderer(form, single, coloured)(audited, language):
        yield text.encode()


def _renderer(form: str, single: bool, coloured: bool) -> Renderer:
    match form:
        case "json":
            from auditors.render.plain import Json

            return Json(single)
        case "sarif":
            from auditors.render.sarif import render_sarif

            return render_sarif
        case "junit":
            from auditors.render.junit import render_junit

            return render_junit
        case "html":
            from auditors.render.page import render_html

            return render_html
        case "md":
            from auditors.render.page import render_markdown

            return render_markdown
        case _:
            from auditors.render.text import Terminal

            return Terminal(coloured)
