"""`declarant serve`: the service of a site, in one process or several."""

import os
import signal
import socket
import sys
import tempfile
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from assistant.cli.options import SITE
from knowledge.errors import PackError
from knowledge.text import Text

if TYPE_CHECKING:
    from uvicorn import Config

    from assistant.preparing import Prepared
    from assistant.settings import Settings

GRACE_SECONDS = 25
"""How long calls that have begun may take to end when the service stops."""
IDLE_SECONDS = 20
"""How long a connection may stay open between two calls."""
WORKER_SECONDS = 60
"""A worker that has not answered its starter for so long is replaced."""
NO_KEY = Text(
    "尚未建密钥，只能在本机地址（127.0.0.1）服务。"
    "请先建密钥：declarant key create --organisation 单位名称 --scopes ask,audit",
    "no key was made yet, so only this machine may be served (127.0.0.1). "
    "Make one first: declarant key create --organisation NAME --scopes ask,audit",
)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address. 监听地址。")
@click.option(
    "--port", type=click.IntRange(0, 65_535), default=8000, show_default=True, help="端口。"
)
@SITE
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Processes; about one a core. 进程数。",
)
def serve(host: str, port: int, site: Path, workers: int) -> None:
    """Serve answers and audits over HTTP and in the browser. 启动服务。

    A fresh site sets itself up. Without a key only this machine may call; another address is
    served when there is one. SIGTERM lets calls that have begun end; SIGHUP renews the workers one
    after the other.

    Exit codes: 0 stopped, 1 could not be started, 2 wrong usage.
    退出码：0 正常停止，1 无法启动，2 用法错误。
    """
    settings = _settings(site)
    held = _bound(host, port)
    ready = _prepared(settings)
    if not ready.keys and not at_home(host):
        held.close()
        _cannot(NO_KEY)
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"declarant: http://{shown}:{held.getsockname()[1]}  (Ctrl-C 停止 / stops)")
    _run(settings, held, workers)


def at_home(host: str) -> bool:
    """Return whether an address to serve on is reached from this machine alone.

    >>> at_home("127.0.0.1"), at_home("::1"), at_home("localhost"), at_home("0.0.0.0")
    (True, True, True, False)
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _settings(site: Path) -> "Settings":
    try:
        import uvicorn  # noqa: F401  (told before anything is made)

        from assistant.settings import Settings
    except ModuleNotFoundError as missing:
        said = f"needs {missing.name}: pip install 'declarant[assistant]' / 请先安装"
        raise click.ClickException(said) from None
    from assistant.doctor import wrong_settings

    try:
        return Settings.of(site)
    except ValueError as fault:
        raise click.UsageError(" / ".join(wrong_settings(fault))) from None


def _bound(host: str, port: int) -> socket.socket:
    try:
        (family, kind, protocol, _, address), *_ = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        held = socket.socket(family, kind, protocol)
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(address)
        held.listen(2048)
    except OSError as fault:
        _cannot(
            Text(
                f"地址 {host} 端口 {port} 无法监听（{fault.strerror}）；换 --port，或停掉占用者",
                f"cannot listen on {host}, port {port} ({fault.strerror}); "
                "give another --port, or stop whoever has it",
            )
        )
    return held


def _prepared(settings: "Settings") -> "Prepared":
    from sqlalchemy.exc import ArgumentError, SQLAlchemyError

    from assistant.preparing import prepare

    if not settings.site.exists():
        click.echo(f"首次启动，正在建立站点 / setting up the site: {settings.site}", err=True)
    try:
        return prepare(settings)
    except PackError as fault:
        said = str(fault)
        _cannot(Text(f"数据文件不可用：{said}", f"a file cannot be used: {said}"))
    except (ArgumentError, ModuleNotFoundError) as fault:
        kind = type(fault).__name__
        _cannot(
            Text(
                f"设置 database 不可用（{kind}）；写成 postgresql+psycopg://用户:口令@主机/库名",
                f"the setting database cannot be used ({kind}); write it as "
                "postgresql+psycopg://user:password@host/name, with declarant[postgres] installed",
            )
        )
    except SQLAlchemyError as fault:
        kind = type(getattr(fault, "orig", None) or fault).__name__
        _cannot(
            Text(
                f"数据库打不开（{kind}）；运行 declarant doctor 看原因",
                f"the database cannot be opened ({kind}); declarant doctor tells more",
            )
        )
    except OSError as fault:
        _cannot(
            Text(
                f"站点文件夹 {settings.site} 无法写入（{fault.strerror}）；改权限或换 --site",
                f"the site {settings.site} cannot be written to ({fault.strerror}); "
                "change its permissions, or give another --site",
            )
        )


def _run(settings: "Settings", held: socket.socket, workers: int) -> None:
    from uvicorn import Server
    from uvicorn.supervisors import Multiprocess

    from assistant import logs

    logs.configure()
    os.environ["DECLARANT_SITE"] = str(settings.site.absolute())
    config = _config(settings, workers)
    with tempfile.TemporaryDirectory(prefix="declarant-metrics-") as metrics:
        if workers > 1:
            _add_up_metrics(settings, Path(metrics))
            Multiprocess(config, sockets=[held]).run()
            sys.exit(0)
        server = Server(config)
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, lambda *_: None)  # raised again by the server once it has stopped
        server.run(sockets=[held])
        sys.exit(0 if server.started else 1)


def _config(settings: "Settings", workers: int) -> "Config":
    from uvicorn import Config

    from assistant.web.protocol import Careful

    return Config(
        "assistant.web.worker:app",
        factory=True,
        workers=workers,
        http=Careful,
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=settings.web.proxies,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
        timeout_worker_healthcheck=WORKER_SECONDS,
    )


def _add_up_metrics(settings: "Settings", folder: Path) -> None:
    """Let the workers count together; prometheus_client reads its variable when it is imported."""
    folder = settings.web.metrics_folder or folder
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob("*.db"):
        left.unlink()
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder.absolute())
    os.environ["DECLARANT_WEB__METRICS_FOLDER"] = str(folder.absolute())


def _cannot(why: Text) -> NoReturn:
    raise click.ClickException(" / ".join(why))
