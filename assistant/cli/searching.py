"""`declarant search`, `knowledge build` and `knowledge check`: what the pack knows and how sound it is."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from assistant.cli.options import DAY, LANG, SITE, day_of
from auditors.catalogue import catalogue
from knowledge.errors import PackError
from knowledge.library import shipped
from knowledge.passage import KINDS, Kind, Passage
from knowledge.text import Language, Text

if TYPE_CHECKING:
    from knowledge.index.building import Changes
    from knowledge.index.counting import Told
    from knowledge.index.index import Hit, Index

SOUND, UNSOUND = 0, 1
SHOWN = 160
"""Characters of a passage that are shown."""
STALE = "stale"
"""The one kind of fault that time brings by itself; told, and no failure."""
INDEX = click.option(
    "--index",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder the index is kept in; by default that of the site. 索引文件夹。",
)


EMBEDDER = click.option(
    "--embedder",
    default="shipped",
    show_default=True,
    help="shipped, none, or a sentence-transformers model: its folder, or a name on this machine. "
    "向量模型。",
)
STORE = click.option(
    "--store",
    default="auto",
    show_default=True,
    help="Where vectors are looked up: auto, scan, chroma, or http://host:port. 向量库。",
)


@click.command()
@click.argument("query", nargs=-1, required=True)
@DAY
@LANG
@click.option(
    "--kind", type=click.Choice(KINDS), multiple=True, help="Only passages of this kind. 只查此类。"
)
@click.option("--status", multiple=True, help="Only passages of this status. 只查此状态。")
@click.option(
    "--jurisdiction", multiple=True, help="Only passages of this jurisdiction. 只查此法域。"
)
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON. 输出 JSON。")
@EMBEDDER
@STORE
@click.option("--cross-encoder", default="", help="A model that orders the first hits. 重排模型。")
@INDEX
@SITE
def search(
    query: tuple[str, ...],
    as_of: datetime | None,
    lang: Language,
    kind: tuple[Kind, ...],
    status: tuple[str, ...],
    jurisdiction: tuple[str, ...],
    limit: int,
    as_json: bool,
    embedder: str,
    store: str,
    cross_encoder: str,
    folder: Path | None,
    site: Path,
) -> None:
    """Find law, problems, services, terms, fields and rules in force on a day. 检索知识库。

    Exit codes: 0 something was found, 1 nothing was, 2 wrong usage.
    退出码：0 有结果，1 无结果，2 用法错误。
    """
    index = _index(folder, site, embedder=embedder, store=store, cross_encoder=cross_encoder)
    hits = index.find(" ".join(query), day_of(as_of), None, kind, limit, status, jurisdiction)
    if as_json:
        data = [_data(hit) for hit in hits]
        click.echo(msgspec.json.format(msgspec.json.encode(data), indent=2).decode())
    elif not hits:
        click.echo(Text("没有找到", "Nothing was found").said_in(lang), err=True)
    for number, hit in enumerate([] if as_json else hits, start=1):
        click.echo("\n".join(_lines(number, hit, lang)))
    sys.exit(SOUND if hits else UNSOUND)


@click.command()
@EMBEDDER
@STORE
@INDEX
@SITE
def build(embedder: str, store: str, folder: Path | None, site: Path) -> None:
    """Build the index of what can be found, where the pack or the texts changed. 建立索引。"""
    with _progress() as told:
        index = _index(folder, site, told, embedder=embedder, store=store)
    click.echo(f"{len(index.passages)}  {_home(folder, site)}")
    if index.changes and index.changes.broken:
        click.echo(f"已损坏，已重建 damaged and built anew: {index.changes.broken}", err=True)
    click.echo(_told(index.changes))


@click.command()
@DAY
def check(as_of: datetime | None) -> None:
    """Check that the pack holds together: citations, rules, figures, days, names. 检查知识库。

    Exit codes: 0 sound, 1 there are faults; an entry not confirmed for a year is told and is none.
    退出码：0 无误，1 有错误；满一年未确认的条目只提示。
    """
    from knowledge.checking import check as faults_of

    faults = faults_of(shipped(), catalogue(), day_of(as_of))
    for fault in faults:
        click.echo(f"[{fault.kind}] {fault}")
    grave = sum(fault.kind != STALE for fault in faults)
    click.echo(f"错误 faults: {grave}; 待确认 to be confirmed anew: {len(faults) - grave}")
    sys.exit(UNSOUND if grave else SOUND)


def _home(folder: Path | None, site: Path) -> Path:
    """Where the index lies: with the data of the site, unless another folder is named."""
    return folder or site / "index"


def _told(changes: "Changes | None") -> str:
    """What a build took over and what it made."""
    if changes is None:
        return "没有变化 nothing changed"
    return (
        f"沿用 kept {changes.kept}, 新增 new {changes.new}, "
        f"变更 changed {changes.changed}, 删除 removed {changes.removed}"
    )


@contextmanager
def _progress() -> Iterator["Told | None"]:
    """Show a bar on the error stream, where there is somebody to see it."""
    if not _watched():
        yield None
        return
    with click.progressbar(length=1, label="建索引 indexing", file=sys.stderr) as bar:

        def told(done: int, whole: int) -> None:
            bar.length = max(whole, 1)
            bar.update(done - bar.pos)

        yield told


def _watched() -> bool:
    return sys.stderr.isatty()


def _index(
    folder: Path | None,
    site: Path,
    told: "Told | None" = None,
    *,
    embedder: str,
    store: str,
    cross_encoder: str = "",
) -> "Index":
    """The index, kept in the folder where that can be written, else in memory."""
    home = _home(folder, site)
    try:
        from assistant.searchable import index_of, searchable
        from knowledge.importing import Store
        from knowledge.index.embedder import shipped_embedder
        from knowledge.index.index import Index
    except ModuleNotFoundError as missing:
        said = f"needs {missing.name}: pip install 'declarant[assistant]' / 请先安装"
        raise click.ClickException(said) from None
    texts = Store(site)
    try:
        return index_of(
            shipped(), home, texts, embedder, told, store=store, cross_encoder=cross_encoder
        )
    except PackError as fault:
        raise click.ClickException(str(fault)) from None
    except OSError as fault:
        why = fault.strerror or str(fault)
        click.echo(f"索引未能保存 the index was not kept in {home}: {why}", err=True)
        return Index.build(searchable(shipped(), texts), embedder=shipped_embedder())


def _lines(number: int, hit: "Hit", lang: Language) -> Iterator[str]:
    passage = hit.passage
    yield f"{number:>2}. {passage.title.said_in(lang)}  [{passage.id}]  {_marks(passage)}".rstrip()
    said = " ".join((passage.text.said_in(lang) or passage.text.zh).split())
    if said:
        yield f"    {said[:SHOWN]}{'…' if len(said) > SHOWN else ''}"


def _marks(passage: Passage) -> str:
    """Kind, status and days in force."""
    days = f"{passage.span.since or ''}..{passage.span.until or ''}" if any(passage.span) else ""
    return "  ".join(filter(None, (passage.kind, passage.status, days)))


def _data(hit: "Hit") -> dict[str, Any]:
    passage = hit.passage
    return {
        "id": passage.id,
        "entry": passage.entry,
        "place": passage.place,
        "kind": passage.kind,
        "title": passage.title._asdict(),
        "text": passage.text._asdict(),
        "since": passage.span.since,
        "until": passage.span.until,
        "status": passage.status,
        "jurisdiction": passage.jurisdiction,
        "score": hit.score,
        "why": hit.why,
        "marks": {lang: marks and marks._asdict() for lang, marks in hit.marks._asdict().items()},
        "at": passage.at,
    }
