"""`declarant mcp`: the desk as tools for an assistant at this machine."""

from pathlib import Path

import click

from assistant.cli.options import SITE
from knowledge.errors import PackError


@click.command()
@SITE
def mcp(site: Path) -> None:
    """Serve ask, audit, explain_rule, look_up_code and search_law over standard input and output.

    供支持 MCP 的助手调用：问答、审核、规则说明、代码查询、法规检索。
    """
    try:
        from assistant.mcp import serve_stdio
    except ModuleNotFoundError as missing:
        said = f"needs {missing.name}: pip install 'declarant[assistant]' / 请先安装"
        raise click.ClickException(said) from None
    try:
        serve_stdio(site)
    except (PackError, ValueError) as fault:
        raise click.ClickException(str(fault)) from None
    except OSError as fault:
        raise click.FileError(str(fault.filename or site), hint=fault.strerror or "") from None
