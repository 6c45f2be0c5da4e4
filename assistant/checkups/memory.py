"""The database: reached, of this program's version, sound, opened by the key beside it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, select, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from assistant.doctor import Line
from assistant.settings import Settings
from assistant.storage.engine import open_engine
from assistant.storage.keys import Keys
from assistant.storage.migrating import HEAD, version_of
from assistant.storage.sealing import KEY, Seal, Unsealable
from assistant.storage.tables import turns
from knowledge.text import Text

SOON = timedelta(days=14)
APART_SECONDS = 5
CHECK = Text(
    "检查设置 database、数据库是否启动、网络和口令；PostgreSQL 需装 declarant[postgres]",
    "Check the setting database, that the server runs, network and password; "
    "PostgreSQL needs declarant[postgres]",
)


def database(settings: Settings) -> Iterator[Line]:
    """Whether the database is reached, of the right version, sound, and opened by the key."""
    if _missing(settings):
        yield Line("database", "warn", Text("数据库尚未建立", "There is no database yet"), Text("启动一次即自动建立：declarant serve", "declarant serve makes it"))  # fmt: skip
        return
    try:
        engine = open_engine(settings.database_url)
    except (ArgumentError, ModuleNotFoundError) as fault:
        yield _unreached(fault)
        return
    try:
        yield from _of_engine(engine, settings)
    finally:
        engine.dispose()


def _of_engine(engine: Engine, settings: Settings) -> Iterator[Line]:
    try:
        with engine.execution_options(reading=True).connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError as fault:
        yield _unreached(getattr(fault, "orig", None) or fault)
        return
    name = engine.dialect.name
    yield Line("database", "ok", Text(f"数据库可连（{name}）", f"The database is reached ({name})"))
    held = version_of(engine)
    yield _version(held)
    if held != HEAD:
        return
    yield from _sound(engine)
    yield from _opened(engine, settings)
    yield from _keys(engine)


def _missing(settings: Settings) -> bool:
    return not settings.database and not (settings.site / "declarant.db").exists()


def _unreached(fault: BaseException) -> Line:
    kind = type(fault).__name__
    says = Text(f"连不上数据库（{kind}）", f"The database is not reached ({kind})")
    return Line("database", "fault", says, CHECK)


def _version(held: str) -> Line:
    if held == HEAD:
        return Line("tables", "ok", Text(f"表结构为 {HEAD}", f"The tables are of version {HEAD}"))
    says = Text(f"表结构为 {held or '空'}，程序需要 {HEAD}", f"The tables are of version {held or 'none'}; this program works with {HEAD}")  # fmt: skip
    if held > HEAD:
        do = Text("安装建表的较新程序", "Install the newer program that made them")
        return Line("tables", "fault", says, do)
    do = Text("先备份；启动服务即自动升级", "Back it up; the start of the service upgrades them")
    return Line("tables", "warn", says, do)


def _sound(engine: Engine) -> Iterator[Line]:
    """SQLite looks through its own file; PostgreSQL is asked for its clock and its letters."""
    with engine.execution_options(reading=True).connect() as connection:
        if engine.dialect.name == "sqlite":
            said = str(connection.execute(text("PRAGMA quick_check(1)")).scalar())
            if said != "ok":
                yield Line("file", "fault", Text("数据库文件已损坏", "The database file is damaged"), Text("停止服务，从备份恢复：docs/deploy.md", "Stop the service and restore the backup: docs/deploy.md"))  # fmt: skip
            return
        letters = connection.execute(text("SHOW server_encoding")).scalar()
        theirs = connection.execute(text("SELECT clock_timestamp()")).scalar()
    if letters != "UTF8":
        yield Line("database", "fault", Text(f"数据库编码为 {letters}", f"The database writes {letters}"), Text("用 UTF8 重建", "Make it anew with UTF8"))  # fmt: skip
    apart = abs((datetime.now(UTC) - theirs).total_seconds()) if theirs else 0.0
    if apart > APART_SECONDS:
        yield Line("clock", "warn", Text(f"与数据库时钟相差 {apart:.0f} 秒", f"This clock and the database's are {apart:.0f} seconds apart"), Text("两边都启用时间同步", "Synchronise both"))  # fmt: skip


def _opened(engine: Engine, settings: Settings) -> Iterator[Line]:
    """Whether the key at hand is the one that sealed what is kept."""
    if not (settings.site / KEY).exists():
        return
    query = select(turns.c.sealed).where(turns.c.sealed.is_not(None)).limit(1)
    with engine.execution_options(reading=True).connect() as connection:
        kept = connection.execute(query).scalar()
    if kept is None:
        return
    try:
        Seal.of(settings.site, make=False).unseal(kept)
    except Unsealable:
        yield Line(
            "key",
            "fault",
            Text(f"{KEY} 打不开数据库里封存的内容", f"{KEY} does not open what is sealed"),
            Text(f"恢复与该数据库同一备份的 {KEY}", f"Restore the {KEY} of the same backup"),
        )


def _keys(engine: Engine) -> Iterator[Line]:
    now = datetime.now(UTC)
    kept = Keys(engine).of()
    good = [key for key in kept if key.good(now)]
    if not kept:
        yield Line("keys", "ok", Text("尚未建密钥：仅本机可用", "No key was made: this machine alone may call"))  # fmt: skip
        return
    if not good:
        yield Line("keys", "warn", Text("没有有效的密钥", "No key is good any more"), Text("declarant key create 建新密钥", "Make one: declarant key create"))  # fmt: skip
        return
    ending = [key.id for key in good if key.expires and key.expires < now + SOON and not key.successor]  # fmt: skip
    if ending:
        ids = ", ".join(ending[:5])
        yield Line("keys", "warn", Text(f"密钥即将到期：{ids}", f"Keys expire soon: {ids}"), Text("declarant key rotate 轮换", "declarant key rotate"))  # fmt: skip
        return
    yield Line("keys", "ok", Text(f"有效密钥 {len(good)} 个", f"{len(good)} keys are good"))


CHECKUPS = (database,)
