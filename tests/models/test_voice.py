"""A site's settings open its language model; without one nothing of it is loaded."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select

from assistant.opening import open_desk, open_journal, versions_of
from assistant.replaying import replay
from assistant.settings import ModelSettings, Settings
from assistant.storage.engine import open_engine
from assistant.storage.tables import model_tokens, turns
from assistant.turn import Question
from assistant.voice import voice_of
from tests.models.conftest import KEY, shelf
from tests.models.server import Reply, Server

DAY = date(2026, 11, 21)
ASKED = Question("可以一个关区签几家银行吗", DAY, chat="group-7", policy="lenient")


@pytest.fixture
def site(tmp_path: Path, listener: Server, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a site that has a model."""
    monkeypatch.setenv("DECLARANT_MODEL__API_KEY", KEY)
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-somebody-else")
    told = f'[model]\nname = "openai:m"\nbase_url = "{listener.address}/v1"\n'
    (tmp_path / "declarant.toml").write_text(told, "utf-8")
    return tmp_path


def test_a_site_words_its_answers_and_counts_what_they_cost(site: Path, listener: Server) -> None:
    """By the settings alone: the model is asked with its own key, and its tokens are in the database."""
    listener.answer = Reply("同一关区可以签多家银行。[cn-agreement-several-banks]")
    answer = open_desk(site).ask(ASKED)
    assert answer.narration == "worded"
    assert listener.keys == [f"Bearer {KEY}"]
    engine = open_engine(Settings.of(site).database_url)
    with engine.connect() as connection:
        assert connection.execute(select(model_tokens.c.tokens)).scalars().all() == [100]
        assert connection.execute(select(turns.c.answer)).scalar_one()["narration"] == "worded"
    engine.dispose()


@pytest.mark.parametrize(
    "says, same", [("好", True), ("同一关区可以签多家银行。[cn-agreement-several-banks]", False)]
)
def test_an_answer_is_replayed_as_it_was_composed(
    site: Path, listener: Server, says: str, same: bool
) -> None:
    """Set aside, it is the same again; worded, the replay says so, and asks no model."""
    listener.answer = Reply(says)
    desk = open_desk(site)
    answer = desk.ask(ASKED)
    journal = open_journal(Settings.of(site), versions_of(desk.shelf))
    kept = journal.kept(answer.trace)
    assert kept is not None
    again = replay(kept, desk.shelf, versions_of(desk.shelf))
    journal.close()
    assert len(listener.requests) == 1
    assert again.answer.narration == ""
    if same:
        assert again.differs == ()
        assert msgspec.structs.replace(answer, narration="") == again.answer
    else:
        assert again.differs[0].en == "a language model worded it then"


def test_without_a_name_there_is_no_model(tmp_path: Path) -> None:
    """A site that names none has none, and LangChain is not even imported."""
    assert voice_of(Settings(site=tmp_path), shelf()) is None
    program = (
        "import sys, pathlib\n"
        "from datetime import date\n"
        "from assistant.opening import open_desk\n"
        "from assistant.turn import Question\n"
        "open_desk(pathlib.Path(sys.argv[1])).ask(Question('净重怎么填', date(2026, 11, 21)))\n"
        "held = {each.partition('.')[0] for each in sys.modules}\n"
        "print(sorted(held & {'langchain', 'langchain_core', 'openai', 'ollama', 'langsmith'}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "name, hidden, said",
    [
        ("openai:m", "langchain", "pip install 'declarant[models]'"),
        ("openai:m", "langchain_openai", "pip install 'declarant[models]'"),
        ("ollama:m", "langchain_ollama", "pip install 'declarant[models]'"),
        ("qwen3", "", "openai:NAME or ollama:NAME"),
        ("nonsense:m", "", "openai:NAME or ollama:NAME"),
    ],
)
def test_a_model_that_cannot_be_opened_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, hidden: str, said: str
) -> None:
    """A missing package or a name without a provider is a message with its remedy in both languages."""
    if hidden:
        for each in [key for key in sys.modules if key.partition(".")[0] == hidden]:
            monkeypatch.delitem(sys.modules, each)
        monkeypatch.setitem(sys.modules, hidden, None)
        if hidden != "langchain":
            from langchain.chat_models import base

            base._get_chat_model_creator.cache_clear()
    settings = Settings(site=tmp_path, model=ModelSettings(name=name))
    with pytest.raises(ValueError, match="语言模型") as told:
        voice_of(settings, shelf())
    assert said in str(told.value)
