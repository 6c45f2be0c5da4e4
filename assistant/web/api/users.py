"""`/v1/users`: the people of the caller's organisation, for its administrators."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Path
from pydantic import Field, SecretStr
from starlette.requests import Request
from starlette.responses import Response

from assistant.access import passwords
from assistant.access.caller import Caller, Role
from assistant.access.totp import address_of, new_secret
from assistant.storage.idempotency import ClaimLost
from assistant.storage.organisations import Unfit, known_name
from assistant.storage.users import NameTaken, NewUser, User
from assistant.web.api.keys import STORING, MayAdmin
from assistant.web.idempotency import PARAMETER, Storing, once
from assistant.web.paging import Paged, cut
from assistant.web.problems import Problem
from assistant.web.reading import Body, body_of
from assistant.web.schemas import Listed, answers, reads
from assistant.web.state import State, state_of
from knowledge.text import Text

Name = Annotated[str, Path(min_length=1, max_length=80)]
Password = Annotated[
    SecretStr,
    Field(description=f"{passwords.SHORTEST} to {passwords.LONGEST} signs", max_length=512),
]
TAKEN = Text("姓名已被使用", "Somebody has this name already")
OPENID = Text(
    "由提供方登录的人没有密码和验证码", "Who logs in at a provider has no password or codes"
)
NO_PASSWORD = Text("请给出 password，或设 openid", "Give a password, or set openid")
YOURSELF = Text(
    "不能停用自己或改自己的角色", "Nobody disables themselves or changes their own role"
)
router = APIRouter(tags=["administration"])


class UserWanted(Body):
    """Somebody to be entered; they belong to the organisation of the caller."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    role: Role = "asker"
    password: Password | None = None
    totp: Annotated[bool, Field(description="With codes of an authenticator app")] = False
    openid: Annotated[bool, Field(description="Logs in at the provider, without a password")] = (
        False
    )


class UserChange(Body):
    """What is changed of somebody, who then has to log in anew."""

    role: Role | None = None
    password: Password | None = None
    disabled: bool | None = None


class UserLine(msgspec.Struct, frozen=True):
    """Somebody who may log in."""

    name: str
    role: str
    made: datetime
    disabled: datetime | None
    password: bool
    """Whether they have one."""
    totp: bool
    """Whether they need a code."""


class UserMade(msgspec.Struct, frozen=True):
    """Somebody who was entered; the secret of their codes is shown this once."""

    name: str
    role: str
    totp_secret: str
    totp_address: str


LINE: dict[str, Any] = {
    "name": "li.wei",
    "role": "asker",
    "made": "2026-11-21T08:00:00Z",
    "disabled": None,
    "password": True,
    "totp": True,
}
MADE = {"name": "li.wei", "role": "asker", "totp_secret": "", "totp_address": ""}
GIVEN = {"name": "li.wei", "role": "asker", "openid": True}


@router.get(
    "/v1/users",
    operation_id="list_users",
    summary="List the people of your organisation / 列出本单位人员",
    response_class=Response,
    responses=answers(
        Listed[UserLine],
        {"items": [LINE], "next": "bWFkZS11cA", "total": 1},
        "not_allowed",
        "invalid",
    ),
)
def list_users(request: Request, known: MayAdmin, wanted: Paged) -> Response:
    """Return the people of the caller's organisation by name."""
    held = [_line(each) for each in state_of(request).access.users.of(known.organisation)]
    held.sort(key=lambda each: each.name)
    shown, more, total = cut(held, wanted, lambda each: each.name)
    return _json(Listed(tuple(shown), more, total))


@router.post(
    "/v1/users",
    status_code=201,
    operation_id="create_user",
    summary="Enter somebody / 新建人员",
    response_class=Response,
    responses=answers(UserMade, MADE, *STORING, status=201),
    openapi_extra=reads(UserWanted, GIVEN) | {"parameters": [PARAMETER]},
)
async def create_user(request: Request, known: MayAdmin) -> Response:
    """Enter somebody of the caller's organisation; the secret of their codes is shown this once."""
    state, body = state_of(request), await body_of(request, UserWanted)
    if body.openid and (body.password or body.totp):
        raise Problem("invalid", OPENID)
    if not body.openid and body.password is None:
        raise Problem("invalid", NO_PASSWORD)

    async def done(storing: Storing) -> Response:
        return await state.work.do(lambda: _made(state, known, body, storing))

    return await once(request, known, await request.body(), done)


@router.patch(
    "/v1/users/{name}",
    operation_id="change_user",
    summary="Change somebody / 更改人员",
    response_class=Response,
    responses=answers(UserLine, LINE, "not_found", *STORING[:-2]),
    openapi_extra=reads(UserChange, {"disabled": True}),
)
async def change_user(request: Request, name: Name, known: MayAdmin) -> Response:
    """Change role or password of somebody, disable or enable them; they have to log in anew."""
    state, body = state_of(request), await body_of(request, UserChange)
    if known.name == f"user:{name}" and (body.role or body.disabled):
        raise Problem("invalid", YOURSELF)
    return await state.work.do(lambda: _changed(state, known, name, body))


def _made(state: State, known: Caller, body: UserWanted, storing: Storing) -> Response:
    secret = new_secret() if body.totp else ""
    sealed = state.access.seal.seal(secret.encode()) if secret else None
    try:
        name, hashed = known_name(body.name), _hashed(body.password)
    except Unfit as fault:
        raise Problem("invalid", fault.says) from None
    told = UserMade(name, body.role, secret, address_of(secret, name) if secret else "")
    response = _json(told, 201)
    new = NewUser(known.organisation, name, body.role, hashed, sealed)
    try:
        state.access.users.add(new, known.name, storing(response))
    except NameTaken:
        raise Problem("invalid", TAKEN) from None
    except ClaimLost:
        raise Problem("in_progress") from None
    return response


def _changed(state: State, known: Caller, name: str, body: UserChange) -> Response:
    users, by, own = state.access.users, known.name, known.organisation
    try:
        name, hashed = known_name(name), _hashed(body.password)
    except Unfit:
        raise Problem("not_found") from None
    done = [
        *([users.set_role(name, body.role, by, own)] if body.role else []),
        *([users.set_password(name, hashed, by, own)] if hashed else []),
        *([users.disable(name, by, own)] if body.disabled else []),
        *([users.enable(name, by, own)] if body.disabled is False else []),
    ]
    found = next((each for each in users.of(own) if each.name == name), None)
    if found is None or not all(done):
        raise Problem("not_found")
    return _json(_line(found))


def _hashed(password: SecretStr | None) -> str:
    if password is None:
        return ""
    try:
        return passwords.hash_password(password.get_secret_value())
    except passwords.Unfit as fault:
        raise Problem("invalid", fault.says) from None


def _line(held: User) -> UserLine:
    return UserLine(
        held.name, held.role, held.made, held.disabled, held.has_password, held.has_totp
    )


def _json(told: object, status: int = 200) -> Response:
    headers = {"Cache-Control": "no-store"}
    return Response(msgspec.json.encode(told), status, headers, "application/json")
