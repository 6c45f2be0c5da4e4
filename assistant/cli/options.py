"""Options that several commands share: the language, the day asked about, the folder of a site."""

from datetime import date, datetime
from pathlib import Path

import click

from auditors.part import CHINA

LANG = click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
DAY = click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Day asked about. 查询日。")


def _site(context: click.Context, option: click.Parameter, named: Path | None) -> Path:
    """The folder named, else that of the user; the base install, which only audits, asks for none."""
    if named is not None:
        return named
    from assistant.site import default_site

    return default_site()


SITE = click.option(
    "--site",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="DECLARANT_SITE",
    callback=_site,
    help="Folder of all data of the site; by default in the user's data folder. 本单位数据文件夹。",
)


def day_of(as_of: datetime | None) -> date:
    """Return the day asked about; today, as it is in China, where none was given."""
    return (as_of or datetime.now(CHINA)).date()
