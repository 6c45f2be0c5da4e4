"""The command line: the program and its commands.

Auditing must start quickly, so the commands about knowledge are imported when they are called.
"""

import sys
from importlib import import_module
from io import TextIOWrapper
from typing import Any

import click

from assistant.cli.auditing import audit_command
from assistant.cli.reference import codes, explain, fields, rules, template
from auditors.engine import VERSION

LATER = {
    "ask": "assistant.cli.asking",
    "backup": "assistant.cli.backing_up",
    "calibrate": "assistant.cli.calibrating",
    "chat": "assistant.cli.chatting",
    "doctor": "assistant.cli.doctoring",
    "forget": "assistant.cli.remembering",
    "key": "assistant.cli.access",
    "knowledge": "assistant.cli.knowledge",
    "law": "assistant.cli.law",
    "mcp": "assistant.cli.speaking_mcp",
    "organisation": "assistant.cli.people",
    "replay": "assistant.cli.remembering",
    "restore": "assistant.cli.backing_up",
    "search": "assistant.cli.searching",
    "serve": "assistant.cli.serving",
    "user": "assistant.cli.people",
    "verify-log": "assistant.cli.access",
}
"""Commands and the modules that hold them, each under its own name."""


class _Program(click.Group):
    """Speaks UTF-8 whatever the locale is: half of what it says is Chinese."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *LATER])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in LATER:
            return super().get_command(ctx, cmd_name)
        module = import_module(LATER[cmd_name])
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return command

    def main(self, *args: Any, **options: Any) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        return super().main(*args, **options)


@click.group(
    cls=_Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(VERSION, prog_name="declarant")
def main() -> None:
    """Check a draft customs declaration before it is submitted.

    申报前审核报关单草稿：哪里错、依据哪一条、怎么改。
    """


for command in (audit_command, rules, explain, fields, codes, template):
    main.add_command(command)
