"""The index of the shipped pack, built once."""

import pytest

from assistant.searchable import searchable
from knowledge.index.index import Index
from knowledge.library import shipped


@pytest.fixture(scope="session")
def index() -> Index:
    """Return an index of the shipped pack and the rules."""
    return Index.build(searchable(shipped()))
