"""The machine: room on its disk, its clock, open files, the port."""

import shutil
import socket
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from assistant.doctor import Line
from assistant.settings import Settings
from knowledge.text import Text

LITTLE, TOO_LITTLE = 2_000_000_000, 200_000_000
"""Bytes free on the disk of the site."""
WRITTEN = date(2026, 11, 1)
"""No clock that goes right shows an earlier day: the program was written after it."""
AHEAD_SECONDS = 120
FILES = 4_096
SYNCHRONISE = Text(
    "启用时间同步（timedatectl set-ntp true）；时限和税率按日期判断",
    "Synchronise it (timedatectl set-ntp true): limits and rates go by the day",
)


def disk(settings: Settings) -> Iterator[Line]:
    """Whether there is room for what is kept."""
    free = shutil.disk_usage(_there(settings.site)).free
    megabytes = free // 1_000_000
    says = Text(f"可用空间 {megabytes} MB", f"{megabytes} MB are free")
    do = Text("清理或扩大磁盘；写满后服务不再留存", "Make room: on a full disk nothing is kept")
    if free >= LITTLE:
        yield Line("disk", "ok", says)
        return
    yield Line("disk", "fault" if free < TOO_LITTLE else "warn", says, do)


def clock(settings: Settings) -> Iterator[Line]:
    """Whether the clock can be right."""
    now = datetime.now(UTC)
    if now.date() < WRITTEN:
        yield Line("clock", "fault", Text(f"系统日期 {now:%Y-%m-%d} 过早", f"The clock shows {now:%Y-%m-%d}"), SYNCHRONISE)  # fmt: skip
        return
    if _newest(settings.site) > time.time() + AHEAD_SECONDS:
        yield Line("clock", "warn", Text("站点文件的时间在未来：时钟被拨回过", "Files of the site are of the future: the clock went back"), SYNCHRONISE)  # fmt: skip
        return
    yield Line("clock", "ok", Text(f"系统日期 {now:%Y-%m-%d}", f"The clock shows {now:%Y-%m-%d}"))


def open_files(settings: Settings) -> Iterator[Line]:
    """Whether many callers can be connected at the same time."""
    if sys.platform == "win32":
        return
    import resource

    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    says = Text(f"可打开文件 {allowed} 个", f"{allowed} files may be open")
    if 0 <= allowed < FILES:
        do = Text("systemd 里设 LimitNOFILE=65536", "Set LimitNOFILE=65536 in the systemd unit")
        yield Line("files", "warn", says, do)
        return
    yield Line("files", "ok", says)


def port_of(host: str, port: int) -> Iterator[Line]:
    """Whether a port is free to be served, or is served by us."""
    if _answers(host, port):
        says = Text(f"端口 {port} 上服务正在运行", f"The service runs on port {port}")
        yield Line("port", "ok", says)
        return
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as held:
            held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            held.bind((host, port))
    except OSError as fault:
        says = Text(f"端口 {port} 不可用（{fault.strerror}）", f"Port {port} cannot be had ({fault.strerror})")  # fmt: skip
        do = Text("停掉占用者，或 declarant serve --port 另一个", "Stop whoever has it, or declarant serve --port ANOTHER")  # fmt: skip
        yield Line("port", "fault", says, do)
        return
    yield Line("port", "ok", Text(f"端口 {port} 空闲", f"Port {port} is free"))


def _answers(host: str, port: int) -> bool:
    """Whether our own service answers there."""
    asks = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    try:
        with socket.create_connection((host, port), 2) as held:
            held.settimeout(2)
            held.sendall(asks)
            return b'"status":"ok"' in b"".join(iter(lambda: held.recv(4096), b""))
    except OSError:
        return False


def _there(folder: Path) -> Path:
    """The folder, or the nearest one above it that there is."""
    return next(each for each in (folder.absolute(), *folder.absolute().parents) if each.exists())


def _newest(site: Path) -> float:
    files = list(site.glob("*")) if site.exists() else []
    return max((file.stat().st_mtime for file in files), default=0.0)


CHECKUPS = (disk, clock, open_files)
