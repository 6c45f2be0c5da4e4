"""The calendar knows weekends, public holidays and the weekend days that are worked for them."""

from datetime import date
from pathlib import Path

import pytest

from auditors.rules.cn.time_limits import unknown_holidays
from knowledge.calendar import read_calendar
from knowledge.errors import PackError
from knowledge.library import Library, shipped
from knowledge.time_limits import found_in, read_time_limits

CALENDAR = shipped().calendar
HEAD = "day,kind,zh,en,source\n"


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2026-11-20", True),
        ("2026-11-21", False),
        ("2026-11-22", False),
        ("2026-02-14", True),
        ("2026-02-15", False),
        ("2026-02-23", False),
        ("2026-02-24", True),
        ("2026-02-28", True),
        ("2024-02-09", True),
        ("2024-02-18", True),
        ("2025-10-08", False),
        ("2025-10-11", True),
        ("2027-01-01", True),
    ],
)
def test_working_days(day: str, worked: bool) -> None:
    """Days off and worked weekends are those of the notices; an unknown year has weekends only."""
    assert CALENDAR.working(date.fromisoformat(day)) is worked


def test_the_next_working_day() -> None:
    """It is the day itself, or the first one after the days off."""
    assert CALENDAR.next_working(date(2026, 2, 14)) == date(2026, 2, 14)
    assert CALENDAR.next_working(date(2026, 2, 15)) == date(2026, 2, 24)
    assert CALENDAR.next_working(date.max) == date.max


def test_working_days_are_counted_from_the_day_after() -> None:
    """Thirty working days from 2 March 2026 skip weekends and Qingming."""
    assert CALENDAR.working_days_after(date(2026, 3, 2), 30) == date(2026, 4, 14)
    assert CALENDAR.working_days_after(date(2026, 2, 13), 2) == date(2026, 2, 24)


def test_years_without_a_table_are_named() -> None:
    """Each year that a stretch touches and that has no notice, and no other."""
    assert CALENDAR.known(2024)
    assert CALENDAR.known(2026)
    assert not CALENDAR.known(2027)
    assert CALENDAR.unknown(date(2026, 12, 31), date(2027, 1, 1)) == (2027,)
    assert CALENDAR.unknown(date(2023, 12, 31), date(2026, 1, 1)) == (2023,)
    assert CALENDAR.unknown(date(2026, 1, 1), date(2026, 12, 31)) == ()
    assert CALENDAR.unknown(date(2026, 1, 1), date.max) == ()


def test_a_finding_names_the_years_only_where_they_are_not_known() -> None:
    """What the rules on deadlines advise to check."""
    assert not any(unknown_holidays(CALENDAR, date(2026, 1, 1), date(2026, 12, 31)))
    assert "2027" in unknown_holidays(CALENDAR, date(2026, 12, 31), date(2027, 1, 4)).en


def test_every_holiday_has_its_notice() -> None:
    """Its source is a place of the pack of the same year; a worked day is a weekend day."""
    for day, held in CALENDAR.holidays.items():
        source = shipped().source(held.source.source)
        assert source
        assert held.source.place in source.places
        assert str(day.year) in held.source.source
        assert held.off or day.weekday() > 4


def test_the_later_folder_wins(tmp_path: Path) -> None:
    """A site may lay a table of the next year, or another verdict on a day, over the shipped one."""
    (tmp_path / "holidays.csv").write_text(
        f"{HEAD}2027-01-01,off,元旦,New Year,cn-site\n2026-10-01,work,国庆节,National Day,cn-site\n"
    )
    calendar = Library(*shipped().folders, tmp_path).calendar
    assert calendar.known(2027)
    assert not calendar.working(date(2027, 1, 1))
    assert calendar.working(date(2026, 10, 1))
    assert not calendar.working(date(2026, 10, 2))


@pytest.mark.parametrize("row", ["2026-10-01,maybe,一,one,s", "2026-13-01,off,一,one,s"])
def test_a_row_that_cannot_be_read_names_the_file(row: str, tmp_path: Path) -> None:
    """A wrong kind or day is a fault of the file."""
    (tmp_path / "holidays.csv").write_text(f"{HEAD}{row}\n")
    with pytest.raises(PackError, match=r"holidays\.csv"):
        read_calendar([tmp_path / "holidays.csv"])


def test_every_time_limit_has_its_parameter_on_its_days() -> None:
    """A limit names a parameter that has a value on the first and last day it is law."""
    library = shipped()
    for limit in library.time_limits.values():
        days = [limit.span.since, limit.span.until, date(2026, 11, 21)]
        for day in filter(None, days):
            if limit.span.covers(day):
                assert library.parameters[limit.parameter].on(day), (limit.id, day)


def test_the_limit_most_words_name_is_found() -> None:
    """More words win, a forbidden word excludes, and only limits in force are looked at."""
    limits = shipped().time_limits.values()
    day = date(2026, 11, 21)
    asked = {
        "进口申报": "declaration",
        "出口申报": "export-declaration",
        "进口申报后缴税": "duty",
        "两步申报进境": "full-declaration",
    }
    for text, name in asked.items():
        found = found_in(text, limits, day)
        assert found
        assert found.id == name
    assert found_in("天气", limits, day) is None
    old = found_in("缴税", limits, date(2024, 11, 30))
    assert old
    assert old.id == "duty-notice"


def test_a_time_limit_that_lacks_something_names_its_file(tmp_path: Path) -> None:
    """The fault tells the entry and what it lacks."""
    (tmp_path / "time_limits.yaml").write_text("- id: one\n")
    with pytest.raises(PackError, match="one lacks 'name'"):
        read_time_limits(tmp_path / "time_limits.yaml")
