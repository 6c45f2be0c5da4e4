from datetime import datetime, timedelta

from auditors.finding import Finding
from auditors.part import CHINA
from auditors.rule import rule
from knowledge.errors import CannotJudge
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-D007",
    zh="出口应在运抵监管区后、装货 24 小时以前申报",
    en="Exports are declared after arrival at the supervised area and 24 hours before loading",
    severity="warning",
    status="law",
    basis="cn-law-customs#24",
    only={"ie_flag": "E", "crossing": True},
)
def export_lead(
    loading_time: datetime,
    declared_at: datetime,
    advance_flag: str,
    port_arrival_time: datetime | None,
    facts: Facts,
) -> list[Finding]:
    """Customs needs the goods at hand and a day to look at them before they are loaded.

    货物须已运抵，海关才有时间在装货前查验。

    Wrong: declared at 09:00, loading at 15:00 the same day.
    Right: declared at 09:00, loading at 15:00 the next day.
    Limits: customs may permit less in special cases. Advance declarations are left to D008. Where
    the time of arrival is not given, only the 24 hours are judged, and the rest is listed so.
    局限：海关特准的除外。提前申报由 D008 核对。未提供运抵时间的只核对 24 小时，并列明。
    """
    if advance_flag == "1":
        return []
    found = []
    lead = timedelta(hours=int(facts.value("cn.export_lead.hours")))
    if loading_time - declared_at < lead:
        found.append(_too_short(declared_at, loading_time))
    if port_arrival_time is not None and port_arrival_time > declared_at:
        found.append(_not_there(declared_at, port_arrival_time))
    if port_arrival_time is None and not found:
        raise CannotJudge(
            "未提供货物运抵监管场所时间，是否运抵后申报未核对",
            "the arrival at the supervised area is not given: whether the goods were there was not"
            " checked",
        )
    return found


def _too_short(declared_at: datetime, loading_time: datetime) -> Finding:
    return Finding(
        "loading_time",
        Text(
            f"{_clock(declared_at)} 申报，{_clock(loading_time)} 装货，不足 24 小时",
            f"Declared at {_clock(declared_at)}, loading at {_clock(loading_time)}: less than 24"
            " hours",
        ),
        Text("早些申报，或改配后续航次", "Declare earlier or take a later sailing"),
        also=("declared_at",),
    )


def _not_there(declared_at: datetime, port_arrival_time: datetime) -> Finding:
    return Finding(
        "port_arrival_time",
        Text(
            f"{_clock(declared_at)} 申报时货物尚未运抵监管场所（{_clock(port_arrival_time)}）",
            f"Declared at {_clock(declared_at)}, before the goods reach the supervised area at"
            f" {_clock(port_arrival_time)}",
        ),
        Text(
            "待运抵后申报，或按提前申报办理",
            "Declare after they arrive, or make it an advance declaration",
        ),
        also=("declared_at",),
    )


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"
