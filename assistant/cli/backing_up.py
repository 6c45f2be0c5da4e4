"""`declarant backup` and `declarant restore`: a site in one file, and a site from it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.options import SITE
from knowledge.errors import PackError

if TYPE_CHECKING:
    from assistant.settings import Settings


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@SITE
def backup(file: Path, site: Path) -> None:
    """Write a site and its database to a file; the service may run meanwhile. 备份。

    The file holds the key of the site: keep it as you keep the site. PostgreSQL needs pg_dump.

    Exit codes: 0 written, 1 not possible, 2 wrong usage.
    退出码：0 已备份，1 无法备份，2 用法错误。
    """
    from assistant.backing_up import back_up

    _done(lambda settings: back_up(settings, file), site)
    click.echo(f"已备份 / backed up: {file}")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, exists=True, path_type=Path))
@SITE
def restore(file: Path, site: Path) -> None:
    """Make a site from a backup, where there is none yet. 恢复。

    PostgreSQL needs pg_restore, and an empty database named by the settings.

    Exit codes: 0 restored, 1 not possible, 2 wrong usage.
    退出码：0 已恢复，1 无法恢复，2 用法错误。
    """
    from assistant.backing_up import restore as again

    _done(lambda settings: again(settings, file), site)
    click.echo(f"已恢复 / restored: {site}；查看 / look: declarant doctor --site {site}")


def _done(work: "Callable[[Settings], None]", site: Path) -> None:
    from assistant.settings import Settings

    try:
        work(Settings.of(site))
    except PackError as fault:
        raise click.ClickException(str(fault)) from None
    except OSError as fault:
        said = f"{fault.filename}: {fault.strerror} / 无法读写"
        raise click.ClickException(said) from None
    except ValueError as fault:
        from assistant.doctor import wrong_settings

        raise click.UsageError(" / ".join(wrong_settings(fault))) from None
