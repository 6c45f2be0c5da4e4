"""The command line: `declarant audit`, `rules`, `explain`, `fields`, `codes`, `template`."""

import sys
from io import TextIOWrapper
from typing import Any

import click

from assistant.cli.auditing import audit_command
from assistant.cli.reference import codes, explain, fields, rules, template
from auditors.engine import VERSION


class _Program(click.Group):
    """Speaks UTF-8 whatever the locale is: half of what it says is Chinese."""

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
