"""`declarant knowledge train-embedder`: an embedder of one's own, from the pack and a site's texts."""

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from knowledge.errors import PackError
from knowledge.library import shipped

if TYPE_CHECKING:
    from knowledge.index.training import Plan


@click.command("train-embedder")
@click.option(
    "--site",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    help="Train on the texts of this site too. 同时用本单位导入的文本训练。",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder it is written to; of a site, SITE/embedder. 输出文件夹，默认为 SITE/embedder。",
)
@click.option("--dimensions", type=click.IntRange(8, 1024), default=256, show_default=True)
@click.option("--epochs", type=click.IntRange(1, 50), default=4, show_default=True)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True)
def train_embedder(
    site: Path | None, out: Path | None, dimensions: int, epochs: int, seed: int
) -> None:
    """Train a small embedder on the pack, and on a site's texts where one is given. 训练向量模型。

    The same texts and options give the same bytes on the same machine. Needs the extra [semantic];
    using what was trained does not.

    同样的文本和选项在同一台机器上得到同样的文件。训练需安装 [semantic]，使用则不需要。
    """
    folder = out or (site / "embedder" if site else None)
    if folder is None:
        raise click.UsageError("give --out or --site / 请给出 --out 或 --site")
    try:
        from assistant.searchable import searchable
        from knowledge.importing import Store
        from knowledge.index.training import Plan, train
    except ModuleNotFoundError as missing:
        raise _missing(missing.name or "") from None
    for name in ("torch", "sentence_transformers"):
        if find_spec(name) is None:
            raise _missing(name)
    plan = Plan(dimensions, epochs, seed)
    with click.progressbar(
        length=100 * epochs,
        label="训练 training",
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
    ) as bar:
        try:
            told = lambda done, _: bar.update(done - bar.pos)  # noqa: E731
            passages = list(searchable(shipped(), Store(site) if site else None))
            made = train(passages, folder, plan, _command(plan, of_site=site is not None), told)
        except PackError as fault:
            raise click.ClickException(str(fault)) from None
        except OSError as fault:
            raise click.FileError(str(folder), hint=fault.strerror or str(fault)) from None
    click.echo(f"{made.passages} passages, {made.terms} terms, {made.pairs} pairs  {folder}")


def _missing(name: str) -> click.ClickException:
    said = f"needs {name}: pip install 'declarant[semantic]' / 请先安装"
    return click.ClickException(said)


def _command(plan: "Plan", *, of_site: bool) -> str:
    """The command to be called again, without the folders of this machine."""
    site = " --site SITE" if of_site else ""
    options = f"--dimensions {plan.dimensions} --epochs {plan.epochs} --seed {plan.seed}"
    return f"declarant knowledge train-embedder{site} --out DIR {options}"
