from datetime import date

from auditors.finding import Finding
from auditors.rule import rule
from knowledge.errors import CannotJudge
from knowledge.text import Text

IMPORT = Text("进口日期", "The import date")
DEPARTURE = Text("启运日期", "The date of departure")


@rule(
    "CN-D003",
    zh="进口日期、启运日期不能晚于申报日",
    en="Import and departure date do not lie after the day of declaration",
    status="law",
    basis="cn-gacc-2019-18#5 cn-gacc-2024-81#1",
    only={"ie_flag": "I"},
)
def date_in_future(
    ie_date: date | None, desp_date: date | None, advance_flag: str | None, day: date
) -> list[Finding]:
    """Unless they are declared in advance, goods have left and arrived before they are declared.

    除提前申报外，货物申报时已经启运并进境。

    Wrong: 申报 2026-03-02, 进口日期 2026-03-07.
    Right: 申报 2026-03-02, 进口日期 2026-03-02.
    Limits: advance declarations are left to D008. Where it is not said whether the declaration is
    made in advance, a later date is listed as not judged. The day of declaration is the day of
    the audit.
    局限：提前申报由 D008 核对。未说明是否提前申报的，较晚的日期列为未核对。以审核基准日为申报日。
    """
    found = []
    if ie_date is not None and ie_date > day:
        found.append(_later("ie_date", IMPORT, ie_date, day))
    if desp_date is not None and desp_date > day:
        found.append(_later("desp_date", DEPARTURE, desp_date, day))
    if found and advance_flag is None:
        raise CannotJudge(
            "日期晚于申报日，而未说明是否提前申报",
            "a date lies after the day of declaration, and it is not said whether the declaration"
            " is made in advance",
        )
    return [] if advance_flag == "1" else found


def _later(field: str, label: Text, entered: date, day: date) -> Finding:
    return Finding(
        field,
        Text(
            f"{label.zh} {entered} 晚于申报日 {day}",
            f"{label.en} {entered} lies after the day of declaration {day}",
        ),
        Text(
            "核对日期；提前申报的在申报情况中注明",
            "Check the date; an advance declaration should be marked as one",
        ),
    )
