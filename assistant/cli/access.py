"""`declarant key` and `declarant verify-log`: keys of programs, and what was done with them."""

import sys
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.access.caller import SCOPES
from assistant.cli.opened import CLI, ONCE, ORGANISATION, name_of, opened
from assistant.cli.options import LANG, SITE
from auditors.part import CHINA
from knowledge.text import Language, Text

if TYPE_CHECKING:
    from assistant.storage.keys import KeptKey

SOUND, BROKEN = 0, 1
OVERLAP_HOURS = 24
FIRST = Text(
    "这是第一个密钥：从现在起，本机访问也须带密钥或登录",
    "this is the first key: from now on calls from this machine need a key or a log-in, too",
)


@click.group()
def key() -> None:
    """API keys of programs. 程序的密钥。"""


@key.command("create")
@ORGANISATION
@click.option("--scopes", default="ask,audit", show_default=True, help="ask,audit,curate,admin")
@click.option("--expires", type=click.DateTime(["%Y-%m-%d"]), help="Last day. 最后一天。")
@SITE
@LANG
def create_key(
    organisation: str, scopes: str, expires: datetime | None, site: Path, lang: Language
) -> None:
    """Make a key; its organisation is made where it is new. 新建密钥。"""
    from assistant.access.hashes import new_key

    wanted = _scopes(scopes)
    end = _end_of(expires) if expires else None
    with opened(site) as access:
        first, made = not access.keys.any(), new_key(access.seal)
        access.keys.add(made.id, made.digest, name_of(organisation), wanted, CLI, end)
    click.echo(made.shown)
    click.echo(ONCE.said_in(lang), err=True)
    if first:
        click.echo(FIRST.said_in(lang), err=True)


@key.command("list")
@click.option("--organisation", help="Only its keys. 只列此单位的密钥。")
@SITE
@LANG
def list_keys(organisation: str | None, site: Path, lang: Language) -> None:
    """List the keys there are; none of them can be shown again. 列出密钥。"""
    with opened(site) as access:
        held = access.keys.of(name_of(organisation) if organisation else None)
    for each in held:
        click.echo(_key_line(each, lang))


@key.command("revoke")
@click.argument("id")
@SITE
@LANG
def revoke_key(id: str, site: Path, lang: Language) -> None:
    """Revoke a key at once. 立即停用密钥。"""
    with opened(site) as access:
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
@SITE
@LANG
def rotate_key(id: str, overlap: int, site: Path, lang: Language) -> None:
    """Give a key a successor that may do the same. 更换密钥。"""
    from assistant.access.hashes import new_key
    from assistant.storage.keys import NotRotated

    with opened(site) as access:
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


@click.command("verify-log")
@click.option("--seen", default="", help="A hash shown before. 以前显示过的散列。")
@SITE
@LANG
def verify_log(seen: str, site: Path, lang: Language) -> None:
    """Check that nobody changed the audit log, and show its last hash. 核验操作日志。

    Write the hash down elsewhere: given as --seen, it shows whether the end was cut off since.

    Exit codes: 0 sound, 1 changed, 2 wrong usage. 退出码：0 完好，1 被改动，2 用法错误。
    """
    with opened(site) as access:
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
