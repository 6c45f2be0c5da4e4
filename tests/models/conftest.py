"""A server, and desks whose answers it words."""

from collections.abc import Iterator
from functools import cache

import pytest
from pydantic import SecretStr

from assistant.desk import Desk
from assistant.models.budget import Budget, Limits
from assistant.models.chat import ChatModel
from assistant.models.sending import sent
from assistant.models.speaker import Speaker
from assistant.pipeline import Voice
from assistant.searchable import searchable
from assistant.settings import ModelSettings
from assistant.shelf import Shelf
from assistant.steps.narrate import narrate
from assistant.steps.rewrite import rewrite
from assistant.steps.understand import understand
from knowledge.index.index import Index
from knowledge.library import shipped
from tests.models.server import Server, serving

KEY = "sk-secret-key"


@cache
def shelf() -> Shelf:
    """Return the shipped pack with its index."""
    return Shelf(shipped(), Index.build(searchable(shipped())))


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Run a server of the test's own."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving() as held:
        yield held


@pytest.fixture(params=["openai:m", "ollama:m"])
def name(request: pytest.FixtureRequest) -> str:
    """Return the name of a model of each kind of server."""
    return str(request.param)


def speaker_of(
    listener: Server, name: str = "openai:m", seconds: float = 20.0, budget: Budget | None = None
) -> Speaker:
    """Return a model behind a server, by the real client."""
    address = f"{listener.address}/v1" if name.startswith("openai") else listener.address
    settings = ModelSettings(
        name=name, base_url=address, timeout_seconds=seconds, api_key=SecretStr(KEY)
    )
    return Speaker(ChatModel(settings), budget or Budget(Limits(10**6, 10**6)))


def desk_of(speaker: Speaker | None) -> Desk:
    """Return a desk whose answers a model words, or none."""
    if speaker is None:
        return Desk(shelf())
    reads = understand(shelf().library)
    steps = Voice(rewrite(reads, speaker, sent), narrate(shelf(), speaker, sent))
    return Desk(shelf(), voice=steps)
