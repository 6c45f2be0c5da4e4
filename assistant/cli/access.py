"""`declarant key`, `user`, `organisation` and `verify-log`: who may do what, and what was done."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.access.caller import ROLES, SCOPES
from assistant.cli.options import HOME, LANG
from auditors.part import CHINA
from knowledge.errors import PackError
from knowledge.text import Language, Text

if TYPE_CHECKING:
    from assistant.access.opening import Access
    from assistant.storage.keys import KeptKey
    from assistant.storage.users import User

CLI = "cli"
"""Who acts on the command line, in the audit log."""
SOUND, BROKEN = 0, 1
OVERLAP_HOURS = 24
ORGANISATION = click.option("--organisation", required=True, help="Whose it is. 单位。")
ONCE = Text("只显示这一次，请妥善保存", "shown this once only; keep it safe")


@click.group()
def key() -> None:
    """API keys of programs. 程序的密钥。"""


@key.command("create")
@ORGANISATION
@click.option("--scopes", default="ask,audit", show_default=True, help="ask,audit,curate,admin")
@click.option("--expires", type=click.DateTime(["%Y-%m-%d"]), help="Last day. 最后一天。")
@HOME
@LANG
def create_key(
    organisation: str, scopes: str, expires: datetime | None, site: Path | None, lang: Language
) -> None:
    """Make a key; its organisation is made where it is new. 新建密钥。"""
    from assistant.access.hashes import new_key

    wanted = _scopes(scopes)
    end = _end_of(expires) if expires else None
    with _access(site) as access:
        made = new_key(access.seal)
        access.keys.add(made.id, made.digest, _name(organisation), wanted, CLI, end)
    click.echo(made.shown)
    click.echo(ONCE.said_in(lang), err=True)


@key.command("list")
@click.option("--organisation", help="Only its keys. 只列此单位的密钥。")
@HOME
@LANG
def list_keys(organisation: str | None, site: Path | None, lang: Language) -> None:
    """List the keys there are; none of them can be shown again. 列出密钥。"""
    with _access(site) as access:
        held = access.keys.of(_name(organisation) if organisation else None)
    for each in held:
        click.echo(_key_line(each, lang))


@key.command("revoke")
@click.argument("id")
@HOME
@LANG
def revoke_key(id: str, site: Path | None, lang: Language) -> None:
    """Revoke a key at once. 立即停用密钥。"""
    with _access(site) as access:
        if not access.keys.revoke(id, CLI):
            raise click.UsageError(f"no key has the id {id} / 没有编号为 {id} 的密钥")
    said = Text(f"密钥 {id} 已停用", f"the key {id} is revoked")
    click.echo(said.said_in(lang), err=True)


@key.command("rotate")
@click.argument("id")
@click.option(
    "--overlap", type=click.IntRange(0, 24 * 90), default=OVERLAP_HOURS, show_default=True,
    help="Hours the old key goes on. 旧密钥继续有效的小时数。",
)  # fmt: skip
@HOME
@LANG
def rotate_key(id: str, overlap: int, site: Path | None, lang: Language) -> None:
    """Give a key a successor that may do the same. 更换密钥。"""
    from assistant.access.hashes import new_key
    from assistant.storage.keys import NotRotated

    with _access(site) as access:
        made = new_key(access.seal)
        try:
            done = access.keys.rotate(id, (made.id, made.digest), timedelta(hours=overlap), CLI)
        except NotRotated:
            said = f"the key {id} has ended or was rotated before / 密钥 {id} 已失效或已更换过"
            raise click.UsageError(said) from None
    if done is None:
        raise click.UsageError(f"no key has the id {id} / 没有编号为 {id} 的密钥")
    click.echo(made.shown)
    click.echo(ONCE.said_in(lang), err=True)


@click.group()
def user() -> None:
    """People who log in. 登录人员。"""


@user.command("create")
@click.argument("name")
@ORGANISATION
@click.option("--role", type=click.Choice(ROLES), default="asker", show_default=True)
@click.option("--totp", is_flag=True, help="With codes of an authenticator app. 使用动态验证码。")
@click.option("--openid", is_flag=True, help="Logs in at the provider. 由身份提供方登录，无密码。")
@HOME
@LANG
def create_user(
    name: str, organisation: str, role: str, totp: bool, openid: bool, site: Path | None,
    lang: Language,
) -> None:  # fmt: skip
    """Enter somebody; the password is asked for. 新建人员；密码另行输入。"""
    from assistant.access.totp import new_secret
    from assistant.storage.users import NameTaken, NewUser

    if openid and totp:
        raise click.UsageError("--openid and --totp exclude each other / 两个选项只能选一个")
    kept, secret = "" if openid else _password(), new_secret() if totp else ""
    with _access(site) as access:
        sealed = access.seal.seal(secret.encode()) if secret else None
        new = NewUser(_name(organisation), _name(name), role, kept, sealed)
        try:
            access.users.add(new, CLI)
        except NameTaken:
            said = f"somebody has the name {new.name} already / 姓名 {new.name} 已被使用"
            raise click.UsageError(said) from None
    said_done = Text(f"{new.name} 已登记", f"{new.name} is entered")
    click.echo(said_done.said_in(lang), err=True)
    _show_secret(secret, new.name, lang)


@user.command("list")
@click.option("--organisation", help="Only its people. 只列此单位的人员。")
@HOME
@LANG
def list_users(organisation: str | None, site: Path | None, lang: Language) -> None:
    """List the people there are. 列出人员。"""
    with _access(site) as access:
        held = access.users.of(_name(organisation) if organisation else None)
    for each in held:
        click.echo(_user_line(each, lang))


@user.command("password")
@click.argument("name")
@HOME
@LANG
def change_password(name: str, site: Path | None, lang: Language) -> None:
    """Give somebody another password, which is asked for. 重设密码。"""
    hashed = _password()
    with _access(site) as access:
        _known(access.users.set_password(_name(name), hashed, CLI), name)
    click.echo(Text("密码已改", "the password is changed").said_in(lang), err=True)


@user.command("totp")
@click.argument("name")
@click.option("--off", is_flag=True, help="No codes any more. 不再使用验证码。")
@HOME
@LANG
def change_totp(name: str, off: bool, site: Path | None, lang: Language) -> None:
    """Give somebody a new secret for codes, shown once. 重设动态验证码。"""
    from assistant.access.totp import new_secret

    secret = "" if off else new_secret()
    with _access(site) as access:
        sealed = access.seal.seal(secret.encode()) if secret else None
        _known(access.users.set_totp(_name(name), sealed, CLI), name)
    _show_secret(secret, _name(name), lang)


@user.command("disable")
@click.argument("name")
@HOME
@LANG
def disable_user(name: str, site: Path | None, lang: Language) -> None:
    """Keep somebody from logging in, at once. 停用人员。"""
    with _access(site) as access:
        _known(access.users.disable(_name(name), CLI), name)
    click.echo(Text(f"{name} 已停用", f"{name} is disabled").said_in(lang), err=True)


@click.group()
def organisation() -> None:
    """What organisations want kept. 单位的保存设置。"""


@organisation.command("list")
@HOME
@LANG
def list_organisations(site: Path | None, lang: Language) -> None:
    """List the organisations there are. 列出单位。"""
    with _access(site) as access:
        held = access.organisations.every()
    for each in held:
        days = each.draft_days if each.keeps_drafts else 0
        kept = Text(f"草稿保存 {days} 天", f"drafts kept for {days} days")
        click.echo(f"{each.name}  {kept.said_in(lang)}")


@organisation.command("keep-drafts")
@click.argument("name")
@click.argument("days", type=click.IntRange(0, 3_650))
@HOME
@LANG
def keep_drafts(name: str, days: int, site: Path | None, lang: Language) -> None:
    """Keep the drafts of an organisation for some days; 0 keeps none. 草稿保存天数。"""
    with _access(site) as access:
        if not access.organisations.keep_drafts(_name(name), days, CLI):
            raise click.UsageError(f"there is no organisation {name} / 没有单位 {name}")
    said = Text(f"{name}：草稿保存 {days} 天", f"{name}: drafts are kept for {days} days")
    click.echo(said.said_in(lang), err=True)


@click.command("verify-log")
@click.option("--seen", default="", help="A hash shown before. 以前显示过的散列。")
@HOME
@LANG
def verify_log(seen: str, site: Path | None, lang: Language) -> None:
    """Check that nobody changed the audit log, and show its last hash. 核验操作日志。

    Write the hash down elsewhere: given as --seen, it shows whether the end was cut off since.

    Exit codes: 0 sound, 1 changed, 2 wrong usage. 退出码：0 完好，1 被改动，2 用法错误。
    """
    with _access(site) as access:
        told = access.log.verify(seen)
    if told.broken is not None:
        row = Text(f"第 {told.broken} 行不符：", f"row {told.broken} does not fit: ")
        click.echo(row.said_in(lang) + told.why.said_in(lang))
        sys.exit(BROKEN)
    if not told.seen:
        gone = Text(
            "日志中已没有这个散列：末尾被删去过", "the log lacks this hash: its end was cut off"
        )
        click.echo(gone.said_in(lang))
        sys.exit(BROKEN)
    sound = Text(f"{told.rows} 行，完好", f"{told.rows} rows, sound")
    click.echo(f"{sound.said_in(lang)}\n{told.head}")
    sys.exit(SOUND)


@contextmanager
def _access(site: Path | None) -> "Iterator[Access]":
    """Everything that decides who may do what at a site."""
    try:
        from sqlalchemy.exc import SQLAlchemyError

        from assistant.access.opening import open_access
        from assistant.settings import Settings
    except ModuleNotFoundError as missing:
        said = f"needs {missing.name}: pip install 'declarant[assistant]' / 请先安装"
        raise click.ClickException(said) from None
    try:
        settings = Settings.of(site)
    except ValueError as fault:
        raise click.UsageError(str(fault)) from None
    try:
        with open_access(settings) as access:
            yield access
    except PackError as fault:
        raise click.ClickException(str(fault)) from None
    except (OSError, SQLAlchemyError) as fault:
        said = (
            f"the database cannot be used ({type(fault).__name__}) / 数据库不可用，请检查路径和权限"
        )
        raise click.ClickException(said) from None


def _scopes(told: str) -> list[str]:
    wanted = [each.strip() for each in told.split(",") if each.strip()]
    strange = [each for each in wanted if each not in SCOPES]
    if strange or not wanted:
        listed = ", ".join(SCOPES)
        raise click.UsageError(f"--scopes: {', '.join(strange) or '-'}; there are / 只有 {listed}")
    return wanted


def _end_of(day: datetime) -> datetime:
    """The moment a day ends in China."""
    end = datetime.combine(day.date() + timedelta(days=1), time(), CHINA).astimezone(UTC)
    if end <= datetime.now(UTC):
        raise click.UsageError("--expires is over already / --expires 已过去")
    return end


def _name(told: str) -> str:
    from assistant.storage.organisations import Unfit, known_name

    try:
        return known_name(told)
    except Unfit as fault:
        raise click.UsageError(str(fault)) from None


def _password() -> str:
    """A password asked for twice, hashed; it is never an argument, which others could see."""
    from assistant.access.passwords import Unfit, hash_password

    typed = click.prompt("Password 密码", hide_input=True, confirmation_prompt="Again 再输一次")
    try:
        return hash_password(typed)
    except Unfit as fault:
        raise click.UsageError(str(fault)) from None


def _show_secret(secret: str, name: str, lang: Language) -> None:
    if secret:
        from assistant.access.totp import address_of

        click.echo(f"{secret}\n{address_of(secret, name)}")
        click.echo(ONCE.said_in(lang), err=True)


def _known(done: bool, name: str) -> None:
    if not done:
        raise click.UsageError(f"nobody has the name {name} / 没有人名为 {name}")


def _key_line(held: "KeptKey", lang: Language) -> str:
    if held.revoked:
        state = Text("已停用", "revoked")
    elif held.expires:
        good = held.good(datetime.now(UTC))
        moment = held.expires.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
        state = Text(f"至 {moment}", f"until {moment}") if good else Text("已过期", "expired")
    else:
        state = Text("长期", "no end")
    after = f"  → {held.successor}" if held.successor else ""
    return f"{held.id}  {held.organisation}  {','.join(held.scopes)}  {state.said_in(lang)}{after}"


def _user_line(held: "User", lang: Language) -> str:
    ways = [
        *([Text("密码", "password")] if held.has_password else [Text("统一登录", "openid")]),
        *([Text("验证码", "codes")] if held.has_totp else []),
        *([Text("已停用", "disabled")] if held.disabled else []),
    ]
    said = ",".join(way.said_in(lang) for way in ways)
    return f"{held.name}  {held.organisation}  {held.role}  {said}"
