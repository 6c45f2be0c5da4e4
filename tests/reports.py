"""Reports to render: of an example with faults, of a sound draft, and of drafts made up for it."""

from datetime import date
from pathlib import Path
from typing import Any

from auditors.engine import audit, unreadable
from auditors.formats import read
from auditors.formats.reading import Form, Unreadable
from auditors.render import pieces
from auditors.render.audited import Audited
from auditors.rule import Profile, Rule
from knowledge.library import shipped

HOME = Path(__file__).parents[1]
DAY = date(2026, 11, 20)
FACTS = shipped().on(DAY)
FAULTY = HOME / "examples" / "import_sea_faulty.json"
SOUND = HOME / "examples" / "import_sea.json"
FORMS = ("text", "json", "sarif", "junit", "html", "md")
"""Forms of which several reports may make one rendering."""


def audited(
    content: bytes | str,
    name: str = "draft.json",
    form: Form = "json",
    profile: Profile = "default",
    rules: dict[str, Rule] | None = None,
) -> Audited:
    """Return the audit of a file; of one that cannot be read too."""
    given = content.encode() if isinstance(content, str) else content
    try:
        reading = read(given, shipped(), name, form)
    except Unreadable as fault:
        return Audited(unreadable(fault, FACTS, profile, name=name))
    report = audit(reading.draft, FACTS, profile, name=name, stood=reading.stood, rules=rules)
    return Audited(report, reading)


def example(file: Path = FAULTY) -> Audited:
    """Return the audit of an example."""
    return audited(file.read_bytes(), file.name)


def broken() -> Audited:
    """Return an audit in which one rule failed."""
    from auditors.catalogue import catalogue

    def check(day: date) -> None:
        raise ZeroDivisionError("a <slip> of the pen")

    failing = catalogue()["CN-W001"]._replace(check=check, asks={"day": False})
    return audited(SOUND.read_bytes(), SOUND.name, rules={**catalogue(), "CN-W001": failing})


def rendered(form: str, *each: Audited, language: Any = "zh", **options: Any) -> str:
    """Return reports in one form, as text."""
    wanted = {"single": len(each) == 1, **options}
    return b"".join(pieces(form, each, language, **wanted)).decode()
