"""The codes of the parties that the header holds."""

NONE_GIVEN = "NO"
"""What stands in the field of a party that has no code or does not exist."""


def credit_codes(
    trade_uscc: str | None, owner_uscc: str | None, agent_uscc: str | None
) -> list[tuple[str, str]]:
    """Return each unified social credit code (统一社会信用代码) given, after its field."""
    held = (("trade_uscc", trade_uscc), ("owner_uscc", owner_uscc), ("agent_uscc", agent_uscc))
    return [(name, code) for name, code in held if code is not None and code != NONE_GIVEN]
