"""Drafts to audit."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.reports import HOME


@pytest.fixture(scope="session")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a sound draft, one that warns, one with errors, and one unreadable."""
    folder = tmp_path_factory.mktemp("drafts")
    raw = json.loads((HOME / "tests/drafts/cn_import.json").read_text("utf-8"))
    _put(folder / "clean.json", raw)
    _put(folder / "warning.json", raw, insur_rate="0.03")
    _put(folder / "error.json", raw, net_weight="5000")
    (folder / "broken.json").write_text("{", "utf-8")
    return folder


def _put(file: Path, raw: dict[str, Any], **header: Any) -> None:
    changed = raw | {"header": raw["header"] | header}
    file.write_text(json.dumps(changed, ensure_ascii=False), "utf-8")
