"""`declarant user` and `declarant organisation`: who logs in, and what their organisation keeps."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.access.caller import ROLES
from assistant.cli.opened import CLI, ONCE, ORGANISATION, name_of, opened
from assistant.cli.options import LANG, SITE
from knowledge.text import Language, Text

if TYPE_CHECKING:
    from assistant.storage.users import User


@click.group()
def user() -> None:
    """People who log in. 登录人员。"""


@user.command("create")
@click.argument("name")
@ORGANISATION
@click.option("--role", type=click.Choice(ROLES), default="asker", show_default=True)
@click.option("--totp", is_flag=True, help="With codes of an authenticator app. 使用动态验证码。")
@click.option("--openid", is_flag=True, help="Logs in at the provider. 由身份提供方登录，无密码。")
@SITE
@LANG
def create_user(
    name: str, organisation: str, role: str, totp: bool, openid: bool, site: Path,
    lang: Language,
) -> None:  # fmt: skip
    """Enter somebody; the password is asked for. 新建人员；密码另行输入。"""
    from assistant.access.totp import new_secret
    from assistant.storage.users import NameTaken, NewUser

    if openid and totp:
        raise click.UsageError("--openid and --totp exclude each other / 两个选项只能选一个")
    kept, secret = "" if openid else _password(), new_secret() if totp else ""
    with opened(site) as access:
        sealed = access.seal.seal(secret.encode()) if secret else None
        new = NewUser(name_of(organisation), name_of(name), role, kept, sealed)
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
@SITE
@LANG
def list_users(organisation: str | None, site: Path, lang: Language) -> None:
    """List the people there are. 列出人员。"""
    with opened(site) as access:
        held = access.users.of(name_of(organisation) if organisation else None)
    for each in held:
        click.echo(_user_line(each, lang))


@user.command("password")
@click.argument("name")
@SITE
@LANG
def change_password(name: str, site: Path, lang: Language) -> None:
    """Give somebody another password, which is asked for. 重设密码。"""
    hashed = _password()
    with opened(site) as access:
        _known(access.users.set_password(name_of(name), hashed, CLI), name)
    click.echo(Text("密码已改", "the password is changed").said_in(lang), err=True)


@user.command("totp")
@click.argument("name")
@click.option("--off", is_flag=True, help="No codes any more. 不再使用验证码。")
@SITE
@LANG
def change_totp(name: str, off: bool, site: Path, lang: Language) -> None:
    """Give somebody a new secret for codes, shown once. 重设动态验证码。"""
    from assistant.access.totp import new_secret

    secret = "" if off else new_secret()
    with opened(site) as access:
        sealed = access.seal.seal(secret.encode()) if secret else None
        _known(access.users.set_totp(name_of(name), sealed, CLI), name)
    _show_secret(secret, name_of(name), lang)


@user.command("disable")
@click.argument("name")
@SITE
@LANG
def disable_user(name: str, site: Path, lang: Language) -> None:
    """Keep somebody from logging in, at once. 停用人员。"""
    with opened(site) as access:
        _known(access.users.disable(name_of(name), CLI), name)
    click.echo(Text(f"{name} 已停用", f"{name} is disabled").said_in(lang), err=True)


@click.group()
def organisation() -> None:
    """What organisations want kept. 单位的保存设置。"""


@organisation.command("list")
@SITE
@LANG
def list_organisations(site: Path, lang: Language) -> None:
    """List the organisations there are. 列出单位。"""
    with opened(site) as access:
        held = access.organisations.every()
    for each in held:
        days = each.draft_days if each.keeps_drafts else 0
        kept = Text(f"草稿保存 {days} 天", f"drafts kept for {days} days")
        click.echo(f"{each.name}  {kept.said_in(lang)}")


@organisation.command("keep-drafts")
@click.argument("name")
@click.argument("days", type=click.IntRange(0, 3_650))
@SITE
@LANG
def keep_drafts(name: str, days: int, site: Path, lang: Language) -> None:
    """Keep the drafts of an organisation for some days; 0 keeps none. 草稿保存天数。"""
    with opened(site) as access:
        if not access.organisations.keep_drafts(name_of(name), days, CLI):
            raise click.UsageError(f"there is no organisation {name} / 没有单位 {name}")
    said = Text(f"{name}：草稿保存 {days} 天", f"{name}: drafts are kept for {days} days")
    click.echo(said.said_in(lang), err=True)


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


def _user_line(held: "User", lang: Language) -> str:
    ways = [
        *([Text("密码", "password")] if held.has_password else [Text("统一登录", "openid")]),
        *([Text("验证码", "codes")] if held.has_totp else []),
        *([Text("已停用", "disabled")] if held.disabled else []),
    ]
    said = ",".join(way.said_in(lang) for way in ways)
    return f"{held.name}  {held.organisation}  {held.role}  {said}"
