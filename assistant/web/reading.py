"""What callers send: bodies read once and checked, days within reason, the form they want back."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, WithJsonSchema
from starlette.requests import Request

from assistant.web.faults import invalid
from assistant.web.problems import Problem

FIRST, LAST = date(1950, 1, 1), date(2099, 12, 31)
Form = Literal["application/json", "text/event-stream"]
FORMS: tuple[Form, ...] = ("application/json", "text/event-stream")
Day = Annotated[
    date,
    Field(ge=FIRST, le=LAST, strict=False),
    WithJsonSchema({"type": "string", "format": "date", "pattern": r"^(19[5-9]\d|20\d\d)-"}),
]
"""A day that law may be asked for."""
Model = TypeVar("Model", bound="Body")


class Body(BaseModel):
    """What a caller sends: nothing is taken for something else, and nothing unknown is passed over."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


async def body_of(request: Request, model: type[Model]) -> Model:
    """Return the body of a call.

    Raises:
        Problem: it is no JSON, or not what the route reads.
    """
    form = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if form != "application/json" and not (form[:12] == "application/" and form[-5:] == "+json"):
        raise Problem("wrong_type")
    try:
        return model.model_validate_json(await request.body())
    except ValidationError as fault:
        told = fault.errors(include_url=False, include_context=False, include_input=False)
        raise invalid([{**each, "loc": ("body", *each["loc"])} for each in told]) from None


def form_wanted(request: Request) -> Form:
    """Return the form of an answer that a caller likes best; JSON where it does not care.

    Raises:
        Problem: it wants neither.

    Source: RFC 9110, section 12.5.1.
    """
    accept = request.headers.get("accept", "").strip() or "*/*"
    liked = {form: max(_weights(accept, form), default=0.0) for form in FORMS}
    best = max(FORMS, key=lambda form: liked[form])
    if not liked[best]:
        raise Problem("not_acceptable")
    return best


def _weights(accept: str, form: Form) -> Iterator[float]:
    whole, any_of = form, f"{form.partition('/')[0]}/*"
    for each in accept.lower().split(","):
        named, *more = (part.strip() for part in each.split(";"))
        if named in (whole, any_of, "*/*"):
            told = (weight for weight in map(_weight, more) if weight is not None)
            yield next(told, 1.0 if named == whole else 0.9)


def _weight(parameter: str) -> float | None:
    name, _, value = parameter.partition("=")
    if name != "q":
        return None
    try:
        return float(value)
    except ValueError:
        return None
