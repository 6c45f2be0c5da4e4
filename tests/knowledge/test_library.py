"""The library reads every drawer of a pack, and the later folder wins."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.errors import PackError
from knowledge.library import Library, shipped
from knowledge.span import Span
from tests.knowledge.small_pack import small_pack


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Return the small pack, opened."""
    return Library(small_pack(tmp_path))


def test_a_problem_is_read_whole(library: Library) -> None:
    """Title, wordings, body, short answer, citations, rules and signatures."""
    problem = library.problems()["cn-late"]
    assert problem.title == ("申报晚了", "Declared late")
    assert problem.asked == ("进口晚报了怎么办", "declared too late")
    assert problem.short.zh == "进境之日起14日内申报。[cn-law#24]"
    assert problem.short.en == "Declare within 14 days. [cn-law#24]"
    assert problem.body.zh.endswith("1. 尽快申报。")
    assert problem.cites == (("cn-law", "24"),)
    assert problem.rules == ("CN-D005",)
    assert problem.span == Span(date(2024, 1, 1), None)
    assert problem.drafted == ("one", date(2026, 11, 21))
    assert problem.reviewed == ("another", date(2026, 11, 22))


def test_an_unreviewed_problem_says_so(tmp_path: Path) -> None:
    """`reviewed: none` is nobody."""
    pack = small_pack(tmp_path, cn_late=("{by: another, day: 2026-11-22}", "none"))
    assert Library(pack).problems()["cn-late"].reviewed is None


def test_a_measure_is_read_whole(library: Library) -> None:
    """Its title stands in the head; a year or month stands for all its days."""
    measure = library.measures()["cn-trial"]
    assert measure.title == ("示例试点", "Sample trial")
    assert measure.scope.en == "port A"
    assert measure.short == ("一个试点。", "a trial.")
    assert measure.span == Span(date(2014, 1, 1), date(2024, 2, 29))
    assert measure.origin.en == "a report"


def test_a_source_names_its_kin_and_the_status_of_its_places(library: Library) -> None:
    """Short names, what it replaces, and each place's own status."""
    law, old = library.source("cn-law"), library.source("cn-old-law")
    assert law
    assert old
    assert law.short == ("示例法", "Sample Law")
    assert law.replaces == ("cn-old-law",)
    assert law.statuses == {"24": "verified", "general": "secondary"}
    assert old.replaced_by == ("cn-law",)
    assert old.statuses == {"3": "secondary"}


def test_the_other_drawers_are_read(library: Library) -> None:
    """Glossary, services and notes on fields."""
    assert library.glossary["滞报金"].synonyms == ("迟报金", "滞报费")
    service = library.services["pay"]
    assert service.asked == ("在哪缴", "where to pay")
    assert service.origin == ("公告", "announcement")
    note = library.field_notes["header.net_weight"]
    assert note.mistakes[0].en == "Swapped with gross weight [CN-D005]"


def test_the_later_folder_wins_by_id(tmp_path: Path) -> None:
    """What a site publishes lies over what is shipped; the rest shines through."""
    site = tmp_path / "site"
    ours = small_pack(tmp_path / "ours")
    small_pack(
        site,
        cn_late=("申报晚了", "本地写法"),
        glossary=("late fee", "late-declaration fee"),
        services=("12360", "010"),
        header=("980", "970"),
    )
    (site / "measures/cn-trial.md").unlink()
    library = Library(ours, site)
    assert library.problems()["cn-late"].title.zh == "本地写法"
    assert library.glossary["滞报金"].name.en == "late-declaration fee"
    assert library.services["pay"].hotline == "010"
    assert library.measures().keys() == {"cn-trial"}


def test_a_pack_without_a_drawer_has_nothing_in_it(tmp_path: Path) -> None:
    """An empty folder is an empty pack."""
    library = Library(tmp_path)
    assert not library.problems()
    assert not library.measures()
    assert not library.glossary
    assert not library.services
    assert not library.field_notes


@pytest.mark.parametrize(
    ("change", "told"),
    [
        pytest.param({"cn_late": ("---\nid", "id")}, "there is no head", id="no head"),
        pytest.param({"cn_late": ("status: verified\n", "")}, "lacks 'status'", id="no status"),
        pytest.param({"cn_late": ("# 申报晚了 / Declared late", "")}, "no title", id="no title"),
        pytest.param({"cn_late": ("[cn-law#24]\nstatus", "[a: b\nstatus")}, "YAML", id="no YAML"),
        pytest.param({"cn_trial": ('"2014"', '"lately"')}, "invalid literal", id="no day"),
        pytest.param(
            {"cn_trial": ("2026-11-21", "soon")}, "confirmed is no day", id="not confirmed"
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_fault(
    tmp_path: Path, change: dict[str, tuple[str, str]], told: str
) -> None:
    """The file, what is wrong with it, and what to do."""
    library = Library(small_pack(tmp_path, **change))
    with pytest.raises(PackError, match=told) as fault:
        [library.problems(), library.measures()]
    assert fault.value.remedy
    assert next(iter(change)).replace("_", "-") in fault.value.file


@pytest.mark.parametrize("drawer", ["glossary", "services"])
def test_a_missing_column_is_named(tmp_path: Path, drawer: str) -> None:
    """A table without a column it needs is refused."""
    library = Library(small_pack(tmp_path, **{drawer: ("zh,en", "zh,english")}))
    with pytest.raises(PackError, match="no column 'en'"):
        getattr(library, drawer)


def test_a_note_without_meaning_is_refused(tmp_path: Path) -> None:
    """Each note says what its field means."""
    file = small_pack(tmp_path) / "field_notes/header.yaml"
    file.write_text("net_weight: {example: '1'}\n", "utf-8")
    with pytest.raises(PackError, match="lacks 'means'"):
        _ = Library(tmp_path).field_notes


def test_every_note_of_the_shipped_pack_is_on_a_field_of_the_form() -> None:
    """No note is lost to a misspelt block or field."""
    fields = {f"{block.id}.{name}" for block in shipped().fields.values() for name in block.fields}
    assert set(shipped().field_notes) <= fields


def test_every_code_of_the_glossary_is_in_its_table() -> None:
    """A term that names a code names one there is."""
    for term in shipped().glossary.values():
        if term.table:
            assert shipped().table(term.table).known(term.code), term
