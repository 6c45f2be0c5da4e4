"""The README says what the program does."""

import re
from pathlib import Path

from click.testing import CliRunner

from assistant.cli import main

HOME = Path(__file__).parents[1]


def test_the_report_in_the_readme_is_what_the_demo_prints() -> None:
    """Each line of the block stands in the report of the example, in the same order."""
    readme = (HOME / "README.md").read_text("utf-8")
    block = re.search(r"```text\n(.*?)```", readme, re.S)
    assert block
    example = str(HOME / "examples" / "import_sea_faulty.json")
    printed = CliRunner().invoke(main, ["audit", example]).output.replace(f"{HOME}/", "")
    lines = iter(printed.splitlines())
    for line in block[1].splitlines():
        assert line in {"…", ""} or line in lines, line


def test_every_page_the_readme_points_to_is_there() -> None:
    """No link of the README leads nowhere."""
    readme = (HOME / "README.md").read_text("utf-8")
    pages = re.findall(r"\]\(([^)#]+)\)", readme)
    assert len(pages) > 5
    assert [page for page in pages if not (HOME / page).exists()] == []
