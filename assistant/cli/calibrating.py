"""`declarant calibrate`: the confidence fitted to labelled questions."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from knowledge.errors import PackError
from knowledge.library import shipped

if TYPE_CHECKING:
    from assistant.calibrating import Fit

STEPS = 20
"""Points of the curve that are printed."""


@click.command()
@click.option(
    "--questions",
    required=True,
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    help="Folder of labelled questions, *.jsonl. 标注问题的文件夹。",
)
@click.option("--part", default="fit", show_default=True, help="The part to fit on. 用哪一部分。")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File of figures to write; without it nothing is kept. 写入的文件，不给则只显示。",
)
@click.option(
    "--plot",
    type=click.Path(dir_okay=False, path_type=Path),
    help="SVG to draw. 画成 SVG 图。",
)
@click.option(
    # none by default: the figures that come with the package are of the shipped pack alone
    "--site",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    help="Folder of a site whose imported texts are asked too. 本单位数据文件夹。",
)
def calibrate(questions: Path, part: str, out: Path | None, plot: Path | None, site: Path) -> None:
    """Fit how sure an answer must be to go out, and show how far it can be relied on. 校准把握。

    Every question is asked with no bar; the chance that an answer is right is fitted to the labels,
    and the bars of the policies strict, normal and lenient are those that keep wrong answers within
    2 %, 5 % and 15 %. The same questions over the same knowledge give the same bytes.
    """
    from assistant.calibrating import fit, written
    from assistant.desk import shelf_of
    from assistant.labelled import read
    from assistant.pipeline import composing
    from assistant.plotting import drawn
    from assistant.tools.every import every_tool

    try:
        shelf = shelf_of(site, shipped())
        done = fit(composing(shelf, every_tool()), read(questions, part))
    except PackError as fault:
        raise click.ClickException(str(fault)) from None
    for line in told(done):
        click.echo(line)
    for file, content in ((out, written(done.calibration)), (plot, drawn(done).encode())):
        if file:
            _write(file, content)


def told(fit: "Fit") -> Iterator[str]:
    """Return what a fit is worth, line by line."""
    held = fit.calibration
    yield (
        f"{fit.questions} questions, {held.answers} answers from passages, {held.right} right; "
        f"ridge {held.ridge:g} / 题数、依据作答数、答对数"
    )
    yield f"expected calibration error / 期望校准误差: {held.expected_error:.4f}"
    yield f"{'answers':>8}{'chance':>8}{'right':>8}   作答 把握 答对"
    for each in fit.bins:
        yield f"{each.answers:>8}{each.chance:>8.2f}{each.right:>8.2f}"
    yield f"{'bar':>8}{'coverage':>10}{'error':>8}   门槛 作答比例 答错比例"
    every = max(len(fit.curve) // STEPS, 1)
    for point in (*fit.curve[::every], fit.curve[-1]):
        yield f"{point.bar:>8.3f}{point.coverage:>10.1%}{point.error:>8.1%}"
    for policy, point in fit.bars.items():
        yield (
            f"{policy:8} {point.bar:.4f}: answers {point.coverage:.1%}, "
            f"wrong among them {point.error:.1%}"
        )


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as fault:
        raise click.FileError(str(file), hint=fault.strerror or str(fault)) from None
