from datetime import date, datetime

from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.time_limits import day_in_china
from auditors.rules.cn.written_days import days_in
from knowledge.calendar import months_after
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-D011",
    zh="暂时进出境货物注明复运日期，且不超过 6 个月",
    en="Temporary goods have a day of return, within six months",
    severity="warning",
    status="law",
    basis="cn-law-customs#31 cn-law-tariff#37 cn-gacc-2017-temporary#2",
    only={"trade_mode": "2600 2700"},
)
def return_of_temporary_goods(
    note: str | None,
    return_due_date: date | None,
    related_declaration_no: str | None,
    ie_date: date | None,
    loading_time: datetime | None,
    day: date,
    facts: Facts,
) -> Finding | None:
    """Goods let in or out for a time go back within six months of crossing the border.

    暂时进出境货物应自进境或者出境之日起六个月内复运。

    Wrong: 2600 with no day of return in 备注; or one seven months ahead.
    Right: 2600, 备注 with a day of return five months ahead.
    Limits: reads 20260302, 2026-03-02 and 2026年3月2日; a number that looks like a day is taken for
    one. Extensions that customs granted and the validity of an ATA carnet are not known. A
    declaration that names a related one is taken for the way back and left out.
    局限：认 20260302、2026-03-02、2026年3月2日 三种写法，形似日期的编号会被当作日期。不知道海关是否准予
    延期，也不知道 ATA 单证册的有效期。填有关联报关单号的视为复运，不核对。
    """
    if related_declaration_no:
        return None
    written = [return_due_date] if return_due_date else days_in(note or "")
    planned = min((each for each in written if each >= day), default=None)
    if planned is None:
        return _missing(written)
    crossed = ie_date or (day_in_china(loading_time) if loading_time else day)
    last = months_after(crossed, int(facts.value("cn.temporary.months")))
    return _too_late(planned, last) if planned > last else None


def _missing(written: list[date]) -> Finding:
    read = Text("", "")
    if written:
        read = Text(
            f"（读到 {written[0]}，早于申报日）", f" ({written[0]} lies before the declaration)"
        )
    return Finding(
        "note",
        Text(
            f"备注没有暂时进出境货物的复运日期{read.zh}",
            f"The notes give no day of return for temporary goods{read.en}",
        ),
        Text(
            "在备注填类别、复运日期和文书号；复运的填关联报关单号",
            "Give category, day of return and document number; for the way back, enter the related"
            " declaration",
        ),
        also=("return_due_date",),
    )


def _too_late(planned: date, last: date) -> Finding:
    return Finding(
        "note",
        Text(
            f"复运日期 {planned} 超过六个月，最迟 {last}",
            f"The day of return {planned} is beyond six months, which end on {last}",
        ),
        Text("改为六个月以内，或办理延期手续", "Choose an earlier day or apply for an extension"),
        also=("return_due_date",),
    )
