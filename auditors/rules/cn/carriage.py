"""Declarations whose means of transport and bill are filled in under rules of their own.

Under customs transit (转关) the vessel gives way to `@` and a transit number, and voyage and bill
are often exempt; a collective declaration (集中申报) says so in place of a vessel.
"""

UNDER_TRANSIT = frozenset("134")
"""Relations to customs transit (报关/转关关系标志) that mean transit."""
OTHERWISE = ("@", "集中申报")
"""What the means of transport begins with in such declarations."""


def filled_otherwise(decl_trn_rel: str | None, transport_name: str | None) -> bool:
    """Return whether vessel, voyage and bill follow other rules than those of plain carriage."""
    return decl_trn_rel in UNDER_TRANSIT or (transport_name or "").startswith(OTHERWISE)
