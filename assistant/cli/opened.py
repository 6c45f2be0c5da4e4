"""What the commands about keys and people share: the site they open, the names they take."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from knowledge.errors import PackError
from knowledge.text import Text

if TYPE_CHECKING:
    from assistant.access.opening import Access

CLI = "cli"
"""Who acts on the command line, in the audit log."""
ORGANISATION = click.option("--organisation", required=True, help="Whose it is. 单位。")
ONCE = Text("只显示这一次，请妥善保存", "shown this once only; keep it safe")


@contextmanager
def opened(site: Path) -> "Iterator[Access]":
    """Open everything that decides who may do what at a site."""
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
    except (OSError, SQLAlchemyError, sqlite3.Error) as fault:
        said = (
            f"the database cannot be used ({type(fault).__name__}) / 数据库不可用，请检查路径和权限"
        )
        raise click.ClickException(said) from None


def name_of(told: str) -> str:
    """Return a name as it is kept."""
    from assistant.storage.organisations import Unfit, known_name

    try:
        return known_name(told)
    except Unfit as fault:
        raise click.UsageError(str(fault)) from None
