"""The folder of the site: there, ours, written to by us and read by nobody else."""

import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from cryptography.fernet import Fernet

from assistant.doctor import Line
from assistant.settings import FILE, Settings
from assistant.storage.sealing import KEY
from knowledge.text import Text

FRESH = Text("启动一次即自动建立：declarant serve", "declarant serve sets it up")
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def folder(settings: Settings) -> Iterator[Line]:
    """Whether the folder is there and can be written to."""
    site = settings.site
    if not site.exists():
        yield Line("site", "warn", Text(f"站点 {site} 尚未建立", f"There is no site {site} yet"), FRESH)  # fmt: skip
        return
    try:
        with tempfile.TemporaryFile(dir=site):
            pass
    except OSError as fault:
        why = fault.strerror
        yield Line(
            "site",
            "fault",
            Text(f"站点 {site} 无法写入（{why}）", f"The site {site} cannot be written to ({why})"),
            Text(
                "以服务账号重试；检查属主、权限、是否只读挂载",
                "Look as the service's user; check owner, permissions and read-only mounts",
            ),
        )
        return
    yield Line("site", "ok", Text(f"站点 {site} 可写", f"The site {site} can be written to"))


def permissions(settings: Settings) -> Iterator[Line]:
    """Whether others of this machine can read what is secret."""
    if os.name != "posix" or not settings.site.exists():
        return
    shut = not settings.site.stat().st_mode & OTHERS
    for file in (settings.site / KEY, settings.site / FILE, _database(settings)):
        if file and file.exists() and not shut and file.stat().st_mode & stat.S_IROTH:
            yield Line(
                "permissions",
                "warn",
                Text(f"{file.name} 可被本机其他用户读取", f"Others here can read {file.name}"),
                Text(f"chmod 700 {settings.site}", f"chmod 700 {settings.site}"),
            )
            return
    yield Line("permissions", "ok", Text("他人读不到密钥和数据", "Others cannot read keys or data"))


def journal_key(settings: Settings) -> Iterator[Line]:
    """Whether the key that seals the journal is there and is one."""
    file = settings.site / KEY
    restore = Text(f"从备份恢复 {KEY}；没有它，封存的内容打不开，密钥和登录全部失效", f"Restore {KEY} from the backup: without it nothing sealed opens, and no key or log-in works")  # fmt: skip
    if not file.exists():
        lost = (_database(settings) or file).exists()
        says = Text(f"没有 {KEY}", f"There is no {KEY}")
        yield Line("key", "fault" if lost else "warn", says, restore if lost else FRESH)
        return
    try:
        Fernet(file.read_bytes().strip())
    except (OSError, ValueError):
        yield Line("key", "fault", Text(f"{KEY} 不可用", f"{KEY} cannot be used"), restore)
        return
    yield Line("key", "ok", Text(f"{KEY} 可用", f"{KEY} can be used"))


def _database(settings: Settings) -> Path | None:
    return None if settings.database else settings.site / "declarant.db"


CHECKUPS = (folder, permissions, journal_key)
