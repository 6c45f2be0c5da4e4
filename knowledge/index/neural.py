"""Models of sentence-transformers by setting: an embedder, and a cross-encoder that re-ranks.

Nothing is fetched: a model is a folder, or a name that is already on this machine.
"""

import hashlib
from collections.abc import Callable, Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import PackError
from knowledge.index.embedder import TERMS, Embedder, StaticEmbedder, shipped_embedder

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

SHIPPED = "shipped"
INSTALL = "Install it: pip install 'declarant[semantic]' / 请先安装"
FETCH = (
    "Copy the model to this machine and give its folder; nothing is fetched over a network / "
    "请先把模型复制到本机并填写其文件夹，程序不联网下载"
)
SAMPLE, SAMPLES = 65_536, 64
"""Bytes of a sample, and samples of a file: a model of gigabytes is not read whole to be known."""
Reranker = Callable[[str, Sequence[str]], NDArray[np.float32]]


class NeuralEmbedder:
    """A model of sentence-transformers as an embedder."""

    def __init__(self, model: Any, stamp: str) -> None:
        self._model = model
        self.stamp = stamp

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return the vectors of texts, of length one."""
        rows: list[list[float]] = self._encode(self._model.encode_document, texts).tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question, of length one."""
        row: list[float] = self._encode(self._model.encode_query, [text])[0].tolist()
        return row

    def _encode(self, encode: Callable[..., Any], texts: list[str]) -> NDArray[np.float32]:
        rows: NDArray[np.float32] = encode(
            texts, normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
        )
        return rows


class LaterEmbedder:
    """A model that is loaded when it is first asked: its stamp is known without."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self.stamp = stamp_of(home)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return the vectors of texts, of length one."""
        return self._loaded.embed_documents(texts)

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question, of length one."""
        return self._loaded.embed_query(text)

    @cached_property
    def _loaded(self) -> NeuralEmbedder:
        from sentence_transformers import SentenceTransformer

        model = _opened(self._home, lambda home: SentenceTransformer(home, **_local()))
        return NeuralEmbedder(model, self.stamp)


def embedder_of(setting: "str | Embeddings" = SHIPPED) -> Embedder:
    """Return the embedder a setting means.

    Args:
        setting: `shipped`; the folder of a trained static embedder or of a model of
            sentence-transformers; the name of such a model that is on this machine; or any of
            LangChain's embeddings.

    Raises:
        PackError: it is not on this machine, or sentence-transformers is not installed.
    """
    if not isinstance(setting, str):
        from knowledge.index.langchain_door import Foreign

        return Foreign(setting)
    if setting == SHIPPED:
        return shipped_embedder()
    folder = Path(setting).expanduser()
    if (folder / TERMS).is_file():
        return StaticEmbedder.load(folder)
    return LaterEmbedder(_home_of(setting))


def reranker_of(setting: str) -> Reranker:
    """Return what scores texts beside a question by a cross-encoder; higher is better.

    Args:
        setting: the folder of a cross-encoder, or the name of one that is on this machine.

    Raises:
        PackError: it is not on this machine, or sentence-transformers is not installed.
    """
    home = _home_of(setting)
    from sentence_transformers import CrossEncoder

    model = _opened(home, lambda where: CrossEncoder(where, **_local()))

    def scored(question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        if not texts:
            return np.zeros(0, np.float32)
        pairs = [(question, text) for text in texts]
        scores = model.predict(pairs, show_progress_bar=False, convert_to_numpy=True)
        return np.asarray(scores, np.float32).reshape(len(texts), -1)[:, 0]

    return scored


def stamp_of(home: Path) -> str:
    """Return a hash of a model: of its files' names and sizes, and of samples all through them."""
    told = hashlib.sha256()
    for file in sorted(each for each in home.rglob("*") if each.is_file()):
        size = file.stat().st_size
        told.update(f"{file.relative_to(home).as_posix()}\0{size}\0".encode())
        with file.open("rb") as opened:
            for start in range(0, size, max(SAMPLE, size // SAMPLES)):
                opened.seek(start)
                told.update(opened.read(SAMPLE))
    return told.hexdigest()


def _home_of(setting: str) -> Path:
    """The folder of a model: the one named, or the copy kept of the one of that name."""
    if find_spec("sentence_transformers") is None:
        said = "it needs sentence-transformers / 需要 sentence-transformers"
        raise PackError(setting, said, INSTALL)
    folder = Path(setting).expanduser()
    if setting and folder.is_dir():
        return folder
    from huggingface_hub import snapshot_download

    try:
        name = setting if "/" in setting else f"sentence-transformers/{setting}"
        return Path(snapshot_download(name, local_files_only=True))
    except (OSError, ValueError):
        said = "there is no such model on this machine / 本机没有此模型"
        raise PackError(setting, said, FETCH) from None


def _opened(home: Path, load: Callable[[str], Any]) -> Any:
    try:
        return load(str(home))
    except (OSError, ValueError, KeyError, ImportError) as fault:
        said = f"the model cannot be used / 模型无法使用 ({fault})"
        raise PackError(home, said, FETCH) from None


def _local() -> dict[str, Any]:
    return {"device": "cpu", "local_files_only": True, "trust_remote_code": False}
