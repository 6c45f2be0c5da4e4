"""What a container of a model (集装箱规格) weighs and carries."""

from decimal import Decimal

from knowledge.facts import Facts

TWICE = "2"
"""Standard boxes (TEU) of a 40 ft container in the table of models."""


def is_long(facts: Facts, model: str | None) -> bool | None:
    """Return whether a model is of 40 ft; None where the model is not known."""
    row = facts.row("container_model", model) if model else None
    return row.more["teu"] == TWICE if row else None


def lowest_total(facts: Facts, model: str | None) -> Decimal:
    """Return what an empty container weighs at least; that of 20 ft where the model is unknown."""
    size = "40" if is_long(facts, model) else "20"
    return facts.value(f"cn.container_total.min_{size}_kg")


def payload(facts: Facts, model: str | None) -> Decimal:
    """Return what a container usually carries; that of 40 ft where the model is unknown."""
    size = "teu" if is_long(facts, model) is False else "feu"
    return facts.value(f"cn.container_payload.{size}_kg")
