"""From bytes to a report, whatever the bytes are: what every channel calls."""

from datetime import date, datetime

from auditors.engine import audit, day_of, unreadable
from auditors.formats import read
from auditors.formats.reading import Form, Unreadable
from auditors.part import CHINA
from auditors.render.audited import Audited
from auditors.rule import Profile
from knowledge.library import Library
from knowledge.text import Text


def audited(
    content: bytes,
    library: Library,
    name: str = "",
    *,
    as_of: date | None = None,
    profile: Profile = "default",
    form: Form | None = None,
) -> Audited:
    """Return the report of a file; one that holds no draft gives a report that says so.

    Args:
        content: the bytes of the file.
        library: the pack to audit by.
        name: what to call it in the report.
        as_of: the day to audit on; by default that of the draft, else today in China.
        profile: `strict` takes errors whose legal text was not read as errors.
        form: its form, where the name does not tell.
    """
    today = as_of or datetime.now(CHINA).date()
    try:
        reading = read(content, library, name, form)
        facts = library.on(day_of(reading.draft, as_of))
        report = audit(reading.draft, facts, profile, name=name, stood=reading.stood)
        return Audited(report, reading)
    except Unreadable as fault:
        return Audited(unreadable(fault, library.on(today), profile, name=name))
    except Exception as fault:  # one file must not cost the declarant the others
        return Audited(unreadable(our_fault(fault), library.on(today), profile, name=name))


def our_fault(fault: Exception) -> Unreadable:
    """Return a fault of the program as what is said of a file it could not audit."""
    said = f"{type(fault).__name__}: {fault}"
    return Unreadable(
        Text(f"程序在这份文件上出错：{said}", f"The program failed on this file: {said}"),
        Text(
            "文件未必有误，请将此信息报告给开发者",
            "The file may well be sound; report this to the developers",
        ),
    )
