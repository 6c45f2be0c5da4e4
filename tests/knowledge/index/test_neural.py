"""Models of sentence-transformers: real ones, tiny and of random weights, loaded by the real code."""

import socket
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from knowledge.errors import PackError
from knowledge.index.dense import Vectors
from knowledge.index.embedder import Embedder, StaticEmbedder, shipped_embedder
from knowledge.index.neural import embedder_of, reranker_of, stamp_of
from knowledge.passage import Passage
from knowledge.text import Text

NEEDS = "needs torch and sentence-transformers: the extra [semantic]"
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"报关税单货物进出口申毛净重", "duty", "net"]
SIZE: dict[str, Any] = {
    "vocab_size": len(WORDS),
    "hidden_size": 16,
    "num_hidden_layers": 1,
    "num_attention_heads": 2,
    "intermediate_size": 16,
}


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a tiny embedding model."""
    pytest.importorskip("torch", reason=NEEDS)
    pytest.importorskip("sentence_transformers", reason=NEEDS)
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer

    home = tmp_path_factory.mktemp("models")
    plain = _saved(home / "plain", "BertModel")
    words = Transformer(str(plain))
    tiny = SentenceTransformer(modules=[words, Pooling(16)], device="cpu")
    tiny.save(str(home / "model"), create_model_card=False)
    return home / "model"


@pytest.fixture(scope="module")
def cross(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a tiny cross-encoder."""
    pytest.importorskip("torch", reason=NEEDS)
    pytest.importorskip("sentence_transformers", reason=NEEDS)
    home = tmp_path_factory.mktemp("cross")
    return _saved(home / "model", "BertForSequenceClassification", num_labels=1)


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No network: looking up a host or connecting fails the test."""

    def fails(*given: Any, **_: Any) -> Any:
        raise AssertionError(f"a network was asked: {given}")

    monkeypatch.setattr(socket.socket, "connect", fails)
    monkeypatch.setattr(socket, "getaddrinfo", fails)


@pytest.mark.usefixtures("alone")
def test_a_model_in_a_folder_embeds(model: Path, tmp_path: Path) -> None:
    """A folder by setting embeds documents and questions and builds an index, offline."""
    embedder = embedder_of(str(model))
    assert isinstance(embedder, Embedder)
    rows = np.array(embedder.embed_documents(["报关单", "净重", "duty"]))
    assert rows.shape == (3, 16)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert np.allclose(embedder.embed_query("净重"), rows[1], atol=1e-5)
    said = ["报关单", "净重", "duty"]
    passages = [_passage(number, text) for number, text in enumerate(said)]
    vectors = Vectors.build(tmp_path, passages, ["a", "b", "c"], embedder, store="scan")
    assert vectors.nearest(vectors.of("净重"), 1).tolist() == [1]


@pytest.mark.usefixtures("alone")
def test_a_cross_encoder_scores_each_text(cross: Path) -> None:
    """Each text gets a score of its own, the same each time; none gets none."""
    score = reranker_of(str(cross))
    first = score("净重", ["报关单", "净重", "duty"])
    assert first.shape == (3,)
    assert first.dtype == np.float32
    assert len(set(first.tolist())) == 3
    assert np.array_equal(first, score("净重", ["报关单", "净重", "duty"]))
    assert score("净重", []).shape == (0,)


def test_another_model_is_another_stamp(model: Path, cross: Path, tmp_path: Path) -> None:
    """The stamp of a model is that of its files."""
    (tmp_path / "weights").write_bytes(bytes(200_000))
    before = stamp_of(tmp_path)
    (tmp_path / "weights").write_bytes(bytes(150_000) + b"1" + bytes(49_999))
    assert before != stamp_of(tmp_path)
    assert stamp_of(model) == embedder_of(str(model)).stamp
    assert stamp_of(model) != stamp_of(cross)


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("name", ["no-such-model", "nobody/no-such-model", "./no/such/folder", ""])
@pytest.mark.parametrize("opened", [embedder_of, reranker_of])
def test_a_name_that_is_not_here_fails_at_once(name: str, opened: Any) -> None:
    """No network is asked, and both languages say what to do."""
    pytest.importorskip("sentence_transformers", reason=NEEDS)
    import huggingface_hub  # noqa: F401 the time of importing it is not counted

    start = time.monotonic()
    with pytest.raises(PackError, match=r"本机没有此模型.*请先把模型复制到本机"):
        opened(name)
    assert time.monotonic() - start < 1


def test_a_folder_that_is_no_model_is_told(tmp_path: Path) -> None:
    """A folder without a model is named when it is first asked."""
    pytest.importorskip("sentence_transformers", reason=NEEDS)
    (tmp_path / "config.json").write_text("{}", "utf-8")
    with pytest.raises(PackError, match="模型无法使用"):
        embedder_of(str(tmp_path)).embed_query("净重")
    with pytest.raises(PackError, match="模型无法使用"):
        reranker_of(str(tmp_path))


def test_without_the_extra_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where sentence-transformers is not installed, the message says how to install it."""
    monkeypatch.setattr("knowledge.index.neural.find_spec", lambda _: None)
    with pytest.raises(PackError, match=r"declarant\[semantic\]"):
        embedder_of("some/model")


def test_static_embedders_are_settings_too(tmp_path: Path) -> None:
    """`shipped`, and the folder of one that was trained, need no model library."""
    StaticEmbedder(["净"], np.ones((1, 4), np.float32)).save(tmp_path)
    assert embedder_of("shipped") is shipped_embedder()
    assert len(embedder_of(str(tmp_path)).embed_query("净")) == 4


def _saved(home: Path, kind: str, **more: Any) -> Path:
    import torch
    import transformers

    home.mkdir()
    (home / "vocab.txt").write_text("\n".join(WORDS), "utf-8")
    torch.manual_seed(1)
    config = transformers.BertConfig(**SIZE, **more)
    getattr(transformers, kind)(config).save_pretrained(home)
    tokenizer: Any = transformers.BertTokenizer(vocab=str(home / "vocab.txt"))
    tokenizer.save_pretrained(home)
    return home


def _passage(number: int, text: str) -> Passage:
    return Passage(f"p{number}", f"p{number}", "", "problem", Text("", ""), Text(text, ""))
