"""`declarant replay` and `declarant forget`: an answer made again, a conversation removed."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from assistant.cli.asking import as_data
from assistant.cli.options import LANG, SITE
from knowledge.errors import PackError
from knowledge.text import Language, Text

if TYPE_CHECKING:
    from assistant.journal import Journal, Kept
    from assistant.settings import Settings

SAME, NOT_SAME = 0, 1
FORGOTTEN, NOTHING_KNOWN = 0, 1
NO_KEY = Text(
    "没有密钥文件 journal.key，原话无法解封，不能重放；请恢复该文件",
    "there is no journal.key, so the words cannot be unsealed and not replayed; restore the file",
)


@click.command()
@click.argument("trace")
@SITE
@LANG
def replay(trace: str, site: Path, lang: Language) -> None:
    """Make a kept answer again and compare it with the one that went out. 重放一次回答。

    Exit codes: 0 the same bytes, 1 not the same or not possible, 2 wrong usage.
    退出码：0 逐字节相同，1 不同或无法重放，2 用法错误。
    """
    from assistant.desk import shelf_of
    from assistant.opening import versions_of
    from assistant.replaying import SENT_FILE
    from assistant.replaying import replay as again

    settings = _settings(site)
    kept = _kept(settings, trace, lang)
    if kept.origin == "audit" and not _was_pasted(kept):
        _not_possible(SENT_FILE, lang)
    shelf = shelf_of(settings.site, **settings.index.model_dump())
    done = again(kept, shelf, versions_of(shelf))
    click.echo(as_data(done.answer))
    for each in done.differs:
        click.echo(each.said_in(lang), err=True)
    sys.exit(NOT_SAME if done.differs else SAME)


@click.command()
@click.argument("chat")
@SITE
@click.option("--channel", default="cli", show_default=True, help="Where the chat is. 渠道。")
@click.option("--organisation", default="local", show_default=True, help="Whose it is. 单位。")
@LANG
def forget(chat: str, site: Path, channel: str, organisation: str, lang: Language) -> None:
    """Remove all that was said in a chat; only counts stay. 删除一个会话的全部内容。

    Exit codes: 0 removed, 1 nothing was known of it, 2 wrong usage.
    退出码：0 已删除，1 没有该会话，2 用法错误。
    """
    settings = _settings(site)
    journal = _journal(settings, lang, make_key=True)
    many = journal.within(organisation, channel).forget(chat)
    said = Text(
        f"已删除 {many} 条问答" if many else f"没有会话 {chat} 的记录，请核对标识和渠道",
        f"{many} turns removed"
        if many
        else f"nothing is known of {chat}; check its id and channel",
    )
    click.echo(said.said_in(lang))
    sys.exit(FORGOTTEN if many else NOTHING_KNOWN)


def _settings(site: Path) -> "Settings":
    try:
        from assistant.settings import Settings
    except ModuleNotFoundError as missing:
        said = f"needs {missing.name}: pip install 'declarant[assistant]' / 请先安装"
        raise click.ClickException(said) from None
    try:
        return Settings.of(site)
    except ValueError as fault:
        raise click.UsageError(str(fault)) from None


def _journal(settings: "Settings", lang: Language, *, make_key: bool) -> "Journal":
    from sqlalchemy.exc import SQLAlchemyError

    from assistant.opening import open_journal

    try:
        return open_journal(settings, make_key=make_key)
    except FileNotFoundError:
        _not_possible(NO_KEY, lang)
    except PackError as fault:
        raise click.ClickException(str(fault)) from None
    except (OSError, SQLAlchemyError) as fault:
        said = f"the journal cannot be opened ({type(fault).__name__}) / 日志库打不开"
        raise click.ClickException(said) from None


def _kept(settings: "Settings", trace: str, lang: Language) -> "Kept":
    from assistant.storage.sealing import Unsealable

    try:
        kept = _journal(settings, lang, make_key=False).kept(trace)
    except Unsealable:
        _not_possible(NO_KEY, lang)
    if kept is None:
        raise click.UsageError(f"no turn has the trace {trace} / 没有编号为 {trace} 的问答")
    return kept


def _was_pasted(kept: "Kept") -> bool:
    from assistant.audits import pasted

    return pasted(kept.question.text) is not None


def _not_possible(why: Text, lang: Language) -> NoReturn:
    click.echo(why.said_in(lang), err=True)
    sys.exit(NOT_SAME)
