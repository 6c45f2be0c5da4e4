from datetime import date

from auditors.finding import Finding
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-D010",
    zh="许可证件在申报和进境时应在有效期内",
    en="Licences are valid at entry and on the day of declaration",
    status="law",
    basis="cn-law-customs#24 cn-gacc-2014-74#2",
    over="licences",
)
def licence_expired(
    valid_to: date,
    licence_code: str | None,
    ie_flag: str,
    ie_date: date | None,
    conveyance_arrival_date: date | None,
    day: date,
    facts: Facts,
) -> Finding | None:
    """Restricted goods without a licence in force are not released.

    限制进出口的货物没有有效许可证件的，不予放行。

    Wrong: 证件有效期至 2026-03-01, entry 2026-03-02, declared on 2026-03-05.
    Right: 证件有效期至 2026-03-31.
    Limits: the last day of validity has to be given. An import licence that ran out between entry
    and declaration gets a warning only. Knows nothing of extensions and of licences used up.
    局限：须提供证件有效期。进口证件在进境后、申报前到期的仅作警告。不知道证件是否延期或已核销完毕。
    """
    entry = (ie_date or conveyance_arrival_date) if ie_flag == "I" else None
    needed = max(day, entry or day)
    if valid_to >= needed:
        return None
    held = Text(facts.name("licence", licence_code), licence_code) if licence_code else Text("", "")
    return Finding(
        "valid_to",
        Text(
            f"许可证件 {held.zh} 有效期至 {valid_to}，早于 {needed}",
            f"Licence {held.en} is valid until {valid_to}, which is before {needed}",
        ),
        Text(
            "办理延期或换证后申报；已在有效期内进境的，向海关确认",
            "Renew it before declaring; ask customs where the goods entered within its validity",
        ),
        severity="warning" if entry and entry <= valid_to else None,
    )
