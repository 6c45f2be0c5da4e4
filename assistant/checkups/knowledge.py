"""What answers are made from: the pack, the rules, imported texts, the index, the models."""

import socket
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from assistant.doctor import Line
from assistant.searchable import NONE, SHIPPED, served_index, stamp
from assistant.settings import Settings
from auditors.catalogue import catalogue
from auditors.part import CHINA
from knowledge.errors import PackError
from knowledge.importing import Store
from knowledge.index.generations import CURRENT, serving
from knowledge.library import Library, shipped
from knowledge.text import Text

PROBE = "滞报金"
PATIENCE_SECONDS = 3
REINSTALL = Text(
    "重新安装 declarant；本站文件按提示改正",
    "Install declarant anew; correct a file of the site as told",
)
BUILD = Text("declarant knowledge build --site 站点", "declarant knowledge build --site SITE")


def pack(settings: Settings) -> Iterator[Line]:
    """Whether every file of the pack can be read, and the rules."""
    library = shipped()
    try:
        many = _read(library)
    except (PackError, OSError) as fault:
        says = Text(f"知识包有误：{fault}", f"The pack is not sound: {fault}")
        yield Line("pack", "fault", says, REINSTALL)
        return
    rules = len(catalogue())
    yield Line(
        "pack",
        "ok",
        Text(f"知识包 {many} 项，规则 {rules} 条", f"{many} entries in the pack, {rules} rules"),
    )


def texts(settings: Settings) -> Iterator[Line]:
    """Whether every imported text is there as it was imported."""
    store = Store(settings.site)
    if not store.folder.exists():
        yield Line("texts", "ok", Text("未导入法规原文", "No official text was imported"))
        return
    try:
        held = store.held()
        for each in held:
            store.pieces(each)
    except (PackError, OSError) as fault:
        says = Text(f"导入的原文有误：{fault}", f"An imported text is not sound: {fault}")
        do = Text("重新导入：declarant knowledge import", "Import it again: declarant knowledge import")  # fmt: skip
        yield Line("texts", "fault", says, do)
        return
    yield Line("texts", "ok", Text(f"原文 {len(held)} 份完好", f"{len(held)} texts are sound"))


def index(settings: Settings) -> Iterator[Line]:
    """Whether the index is read, finds something, and is of what there is now."""
    folder = settings.site / "index"
    if not (folder / CURRENT).exists():
        yield Line("index", "warn", Text("尚未建索引", "There is no index yet"), BUILD)
        return
    try:
        held = served_index(folder, settings.index.embedder)
        found = held.find(PROBE, datetime.now(CHINA).date())
        now = stamp(shipped(), Store(settings.site))
        fresh = serving(folder).stamp.startswith(now)
    except (PackError, OSError, ValueError) as fault:
        says = Text(f"索引读不了：{fault}", f"The index cannot be read: {fault}")
        yield Line("index", "fault", says, BUILD)
        return
    if not found:
        yield Line("index", "fault", Text("索引查不到东西", "The index finds nothing"), BUILD)
    elif not fresh:
        says = Text("知识有更新，索引未重建", "What it was built from has changed since")
        yield Line("index", "warn", says, BUILD)
    else:
        many = len(held.passages)
        yield Line("index", "ok", Text(f"索引 {many} 段，最新", f"{many} passages, up to date"))


def embedder(settings: Settings) -> Iterator[Line]:
    """Whether the models of the settings are on this machine."""
    from assistant.searchable import embedder_named

    if settings.index.embedder == NONE:
        yield Line("embedder", "ok", Text("不用向量模型", "No embedder is used"))
        return
    try:
        embedder_named(settings.index.embedder)
    except (PackError, OSError, ValueError, ModuleNotFoundError) as fault:
        says = Text(f"向量模型不可用：{fault}", f"The embedder cannot be used: {fault}")
        do = Text("放好模型文件夹，或设 index.embedder = \"shipped\"", "Put its folder there, or set index.embedder = \"shipped\"")  # fmt: skip
        yield Line("embedder", "fault", says, do)
        return
    name = "shipped" if settings.index.embedder == SHIPPED else "own"
    yield Line(
        "embedder", "ok", Text(f"向量模型可用（{name}）", f"The embedder can be used ({name})")
    )


def model(settings: Settings) -> Iterator[Line]:
    """Whether the language model is reached, where one is set."""
    if not settings.model.name:
        yield Line("model", "ok", Text("不用语言模型", "No language model is used"))
        return
    if not settings.model.base_url:
        says = Text(
            "语言模型未设地址，未检查", "The model has no address here; it was not looked at"
        )
        do = Text("设 model.base_url", "Set model.base_url")
        yield Line("model", "warn", says, do)
        return
    yield _reached(settings.model.base_url)


def _reached(url: str) -> Line:
    parts = urlsplit(url)
    host = parts.hostname or ""
    where = (host, parts.port or (443 if parts.scheme == "https" else 80))
    try:
        with socket.create_connection(where, PATIENCE_SECONDS):
            pass
    except OSError as fault:
        kind = type(fault).__name__
        says = Text(f"连不上语言模型 {host}（{kind}）；仍按摘录作答", f"The model at {host} is not reached ({kind}); answers go out without it")  # fmt: skip
        do = Text("启动模型服务，检查 model.base_url", "Start it; check model.base_url")
        return Line("model", "warn", says, do)
    return Line("model", "ok", Text(f"语言模型 {host} 可连", f"The model at {host} is reached"))


def _read(library: Library) -> int:
    tables = [library.table(name) for name in library.tables()]
    held = (library.parameters, library.fields, library.time_limits)
    _ = library.calendar
    sources = [library.source(name) for name in library.sources()]
    return len(tables) + len(sources) + len(library.problems()) + sum(len(each) for each in held)


CHECKUPS = (pack, texts, index, embedder, model)
