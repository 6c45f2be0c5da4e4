"""Calls of the program, within this process and in one of its own."""

import subprocess
import sys
from typing import Any

from click.testing import CliRunner, Result

from assistant.cli import main
from tests.reports import HOME

PROGRAM = [sys.executable, "-c", "from assistant.cli import main; main()"]
AS_OF = ("--as-of", "2026-11-20")


def run(*arguments: object, input: bytes | None = None, **options: Any) -> Result:
    """Run the program within this process."""
    return CliRunner().invoke(main, [str(each) for each in arguments], input=input, **options)


def process(*arguments: object, **options: Any) -> subprocess.CompletedProcess[bytes]:
    """Run the program as a process of its own."""
    command = [*PROGRAM, *map(str, arguments)]
    return subprocess.run(command, cwd=HOME, capture_output=True, timeout=60, **options)
