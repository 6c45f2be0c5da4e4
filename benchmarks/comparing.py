"""What is told of systems measured over the same questions: quality, time, memory, ratios."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from benchmarks.beir import Query
from benchmarks.measured import Measured, System
from benchmarks.metrics import Quality, quality

NAMES: dict[System, str] = {
    "ours": "our index, as it comes (with dense lane)",
    "ours_words": "our index, without dense lane",
    "ensemble": "LangChain ensemble: BM25+jieba, Chroma",
    "words": "LangChain BM25+jieba alone",
}
OURS: tuple[System, ...] = ("ours", "ours_words")
HEADINGS = (
    *(f"{'':42}{'asked':>7}{'R@5':>7}{'R@10':>7}{'R@100':>7}{'MRR@10':>8}{'nDCG@10':>9}",),
    *(f"{'':42}{'build s':>9}{'CPU s':>8}{'peak MB':>9}{'first ms':>10}",),
    *(f"{'ms a question':42}{'CPU p50':>9}{'p95':>8}{'mean':>8}{'wall p50':>10}{'p95':>8}",),
)


class Figures(NamedTuple):
    """What is told of one system over some questions."""

    system: System
    asked: int
    quality: Quality
    build_wall_seconds: float
    build_cpu_seconds: float
    peak_bytes: int
    first_wall_ms: float
    """The question before all others, when what is made once is made."""
    cpu_ms: tuple[float, float, float]
    """Median, 95th percentile, mean."""
    wall_ms: tuple[float, float, float]


def figures(
    system: System, one: Measured, asked: Sequence[Query], some: Sequence[str] = ()
) -> Figures:
    """Return the figures of a system.

    Args:
        system: which one.
        one: what was measured of it.
        asked: the questions it was asked, in order.
        some: ids of the questions that count; all by default.
    """
    among = frozenset(some)
    chosen = [n for n, query in enumerate(asked) if not among or query.id in among]
    ranked = [([name for name, _ in one.found[n]], asked[n].relevant) for n in chosen]
    return Figures(
        system,
        len(chosen),
        quality(ranked),
        one.build_wall,
        one.build_cpu,
        one.peak,
        one.first_wall * 1e3,
        _spread([one.cpu[n] for n in chosen]),
        _spread([one.wall[n] for n in chosen]),
    )


def ratios(rows: Sequence[Figures]) -> dict[str, float]:
    """Return how many times our CPU a question each of LangChain's takes, over the same questions."""
    fewest = min((row.asked for row in rows), default=0)
    same = {row.system: row for row in rows if row.asked == fewest}
    return {
        f"{theirs} / {ours}": same[theirs].cpu_ms[2] / max(same[ours].cpu_ms[2], 1e-9)
        for theirs in ("words", "ensemble")
        for ours in OURS
        if theirs in same and ours in same
    }


def brief(row: Figures) -> str:
    """Return a line on one system, told as soon as it is measured."""
    recalls = f"R@5 {row.quality.recall_5:.3f}, R@100 {row.quality.recall_100:.3f}"
    return f"{recalls}, built in {row.build_wall_seconds:.0f} s, CPU p95 {row.cpu_ms[1]:.1f} ms"


def told(rows: Sequence[Figures], compared: Mapping[str, float]) -> str:
    """Return the figures as a table of three parts."""
    lines = []
    for heading, line in zip(HEADINGS, (_quality, _build, _times), strict=True):
        lines += ["", heading, *(f"{NAMES[row.system]:42}{line(row)}" for row in rows)]
    if compared:
        lines += ["", "CPU a question, mean over the same questions:"]
        lines += [f"  {name}: {ratio:.1f} times" for name, ratio in compared.items()]
    return "\n".join(lines)


def _quality(row: Figures) -> str:
    best = row.quality
    recalls = f"{best.recall_5:>7.3f}{best.recall_10:>7.3f}{best.recall_100:>7.3f}"
    return f"{row.asked:>7}{recalls}{best.mrr_10:>8.3f}{best.ndcg_10:>9.3f}"


def _build(row: Figures) -> str:
    seconds = f"{row.build_wall_seconds:>9.1f}{row.build_cpu_seconds:>8.1f}"
    return f"{seconds}{row.peak_bytes / 1e6:>9.0f}{row.first_wall_ms:>10.1f}"


def _times(row: Figures) -> str:
    cpu = f"{row.cpu_ms[0]:>9.2f}{row.cpu_ms[1]:>8.2f}{row.cpu_ms[2]:>8.2f}"
    return f"{cpu}{row.wall_ms[0]:>10.2f}{row.wall_ms[1]:>8.2f}"


def _spread(seconds: Sequence[float]) -> tuple[float, float, float]:
    each = np.array(seconds) * 1e3
    middle, high = np.percentile(each, [50, 95])
    return float(middle), float(high), float(each.mean())
