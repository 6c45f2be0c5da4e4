"""The codes of the parties that the header holds."""

from functools import lru_cache

NONE_GIVEN = "NO"
"""What stands in the field of a party that has no code or does not exist."""


@lru_cache(maxsize=1024)  # the same firms declare day by day
def credit_codes(
    trade_uscc: str | None, owner_uscc: str | None, agent_uscc: str | None
) -> tuple[tuple[str, str], ...]:
    """Return each unified social credit code (统一社会信用代码) given, after its field."""
    held = (("trade_uscc", trade_uscc), ("owner_uscc", owner_uscc), ("agent_uscc", agent_uscc))
    return tuple((name, code) for name, code in held if code not in {None, NONE_GIVEN})
