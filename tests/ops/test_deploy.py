"""The page on running the service: its files are sound, and what it names is there."""

import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from assistant.cli import main
from assistant.settings import Settings

HOME = Path(__file__).parents[2]
PAGE = (HOME / "docs" / "deploy.md").read_text("utf-8")
FILES = HOME / "docs" / "deploy"
TOLD = [PAGE, *(file.read_text("utf-8") for file in FILES.iterdir())]


def test_every_command_named_is_one() -> None:
    """Each command that the page, the unit and the image run is a command with these options."""
    found = {each for text in TOLD for each in re.findall(r"\bdeclarant (serve|key \w+|[a-z-]+) [^\n`]*--|declarant ([a-z-]+(?: create| list)?)", text) for each in each if each}  # fmt: skip
    context = click.Context(main)
    known = set(main.list_commands(context))
    named = {each.split()[0] for each in found} & {*known, "serve", "backup", "restore", "doctor", "key"}  # fmt: skip
    assert {"serve", "backup", "restore", "doctor", "key", "knowledge"} <= named | known
    for name in named:
        assert main.get_command(context, name), name


def test_every_setting_named_is_one() -> None:
    """Each variable of the environment that is named reaches a setting."""
    names = {each for text in TOLD for each in re.findall(r"DECLARANT_([A-Z_]+)", text)}
    assert names
    for name in names:
        model: object = Settings
        for part in name.lower().split("__"):
            fields = model.model_fields  # type: ignore[attr-defined]
            assert part in fields, name
            model = fields[part].annotation


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_the_unit_is_sound(tmp_path: Path) -> None:
    """Systemd finds nothing to say about the unit."""
    unit = (FILES / "declarant.service").read_text("utf-8")
    told = tmp_path / "declarant.service"
    told.write_text(unit.replace("/opt/declarant/bin/declarant", shutil.which("true") or "", 1))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(told)],
        capture_output=True,
        text=True,
        check=False,
    )
    said = [line for line in done.stderr.splitlines() if "declarant.service" in line]
    assert said == []


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")
def test_the_proxy_is_sound(tmp_path: Path) -> None:
    """Nginx finds nothing to say about its file, but for the certificate."""
    conf = (FILES / "nginx.conf").read_text("utf-8")
    conf = re.sub(r"listen 443 ssl;|ssl_\w+ [^;]+;", "", conf)
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"pid {tmp_path}/pid; events {{}} http {{ {conf} }}")
    done = subprocess.run(
        ["nginx", "-t", "-c", str(whole)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
