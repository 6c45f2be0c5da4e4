"""Trains a static embedder on passages: the one module that needs torch and sentence-transformers."""

import hashlib
import random
from collections.abc import Callable, Sequence
from importlib.metadata import version
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import numpy as np

from knowledge.index.counting import count, encoded, hash_of
from knowledge.index.embedder import StaticEmbedder
from knowledge.index.lexical import Words, inverted
from knowledge.index.pairs import Lessons, Numbers, Pair, vocabulary_of
from knowledge.passage import Passage

if TYPE_CHECKING:
    import torch

MADE = "made.json"
AT_ONCE = 384
"""Pairs told apart from one another in one step."""
PACE = 0.01
SHARP = 20.0
"""What a likeness of one counts before it is made a chance."""
LEFT_OUT = 0.2
"""The share of terms left out of a text, each time others: no single word shall carry it."""
LONGEST = 160
"""Terms of a text taken in; of longer ones a part is drawn."""
WARMING = 0.05
NEAR = 12
"""Passages nearest by words that a wrong answer is drawn from."""
MOST_LOOKED_UP = 40_000
Told = Callable[[int, int], None]


class Plan(NamedTuple):
    """How an embedder is trained."""

    dimensions: int = 256
    epochs: int = 4
    seed: int = 1


class Made(NamedTuple):
    """How an embedder was made."""

    command: str
    versions: dict[str, str]
    corpus: str
    """The hash of the passages it was trained on."""
    passages: int
    terms: int
    pairs: int
    """How many it was shown, in all rounds."""
    dimensions: int
    epochs: int
    seed: int


def train(
    passages: Sequence[Passage], out: Path, plan: Plan, command: str, told: Told | None = None
) -> Made:
    """Train an embedder on passages, write it to a folder and return how it was made.

    The same passages, plan and versions give the same bytes on the same machine.

    Args:
        passages: what it is trained on.
        out: the folder it is written to.
        plan: how it is trained.
        command: what was called, for the record.
        told: called with how many steps are done, of how many.

    Raises:
        ModuleNotFoundError: torch or sentence-transformers is not installed.
        OSError: the folder cannot be written.
    """
    vocabulary = vocabulary_of(passages)
    lessons = Lessons(passages, vocabulary)
    wrong = _Wrong(passages, vocabulary)
    taught = _taught(lessons, wrong, vocabulary, plan, told)
    StaticEmbedder(vocabulary, taught.vectors).save(out)
    made = Made(
        command=command,
        versions={each: version(each) for each in ("numpy", "sentence-transformers", "torch")},
        corpus=hashlib.sha256(b"\n".join(map(encoded, passages))).hexdigest(),
        passages=len(passages),
        terms=len(vocabulary),
        pairs=taught.pairs,
        **plan._asdict(),
    )
    told_as = {"note": "Made by the command below; do not edit.", **made._asdict()}
    (out / MADE).write_bytes(msgspec.json.format(msgspec.json.encode(told_as), indent=2) + b"\n")
    return made


class _Taught(NamedTuple):
    vectors: np.ndarray[Any, np.dtype[np.float32]]
    pairs: int


class _Wrong:
    """Wrong answers that look right: passages near by words, and about something else."""

    def __init__(self, passages: Sequence[Passage], vocabulary: Sequence[str]) -> None:
        self._passages = passages
        self._vocabulary = vocabulary
        rows = [np.frombuffer(hash_of(encoded(each)), np.uint8) for each in passages]
        self.words: Words = inverted(count(passages, np.array(rows)))
        self._found: dict[tuple[int, Numbers], list[int]] = {}

    def of(self, pair: Pair) -> list[int]:
        """Return passages that share words with what is said, nearest first."""
        key = pair.owner, pair.said
        if pair.owner < 0 or (key not in self._found and len(self._found) >= MOST_LOOKED_UP):
            return []
        if key not in self._found:
            self._found[key] = self._look_up(pair)
        return self._found[key]

    def _look_up(self, pair: Pair) -> list[int]:
        said = (self._vocabulary[number] for number in dict.fromkeys(pair.said))
        scores = self.words.scores({term: 0.25 if _lone(term) else 1.0 for term in said})
        near = np.argsort(-scores, kind="stable")[:NEAR].tolist()
        right = self._passages[pair.owner]
        related = {right.id, right.entry, *right.about}
        others = ((number, self._passages[number]) for number in near)
        return [n for n, it in others if not {it.id, it.entry, *it.about} & related][:6]


def _lone(term: str) -> bool:
    return len(term) == 1 and term >= "\u3400"


def _taught(
    lessons: Lessons, wrong: _Wrong, vocabulary: Sequence[str], plan: Plan, told: Told | None
) -> _Taught:
    """The vectors of terms after all rounds."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)  # several would add in another order each time
    try:
        chance = random.Random(plan.seed)  # noqa: S311 it draws lots, it keeps no secrets
        model = _model(vocabulary, wrong.words, plan)
        ways = torch.optim.Adam(model.parameters(), lr=PACE)
        shown = 0
        for number in range(plan.epochs):
            pairs = lessons.round(chance)
            for start in range(0, len(pairs), AT_ONCE):
                done = number + start / len(pairs)
                for group in ways.param_groups:
                    group["lr"] = PACE * _pace(done / plan.epochs)
                some = pairs[start : start + AT_ONCE]
                _step(model, ways, _batch(some, lessons, wrong, chance))
                shown += len(some)
                if told:
                    told(int(100 * (done + len(some) / len(pairs))), 100 * plan.epochs)
        return _Taught(model.embedding.weight.detach().numpy().copy(), shown)
    finally:
        torch.set_num_threads(before)


def _pace(done: float) -> float:
    """Rising at first, falling to the end."""
    return max(0.02, min(1.0, done / WARMING, 1 - done))


def _model(vocabulary: Sequence[str], words: Words, plan: Plan) -> Any:
    """An embedding for each term to begin with: at random, the longer the rarer the term."""
    import torch
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    held = {term: number for number, term in enumerate(vocabulary)}
    tokenizer = Tokenizer(models.WordLevel(held, unk_token=vocabulary[0]))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    rarity = np.array([words.rarity(term) for term in vocabulary], np.float32)
    first = np.random.default_rng(plan.seed).standard_normal((len(vocabulary), plan.dimensions))
    first *= (rarity / rarity.mean() / np.sqrt(plan.dimensions))[:, None]
    return StaticEmbedding(tokenizer, embedding_weights=torch.from_numpy(first.astype(np.float32)))


class _Batch(NamedTuple):
    """What is said, what is meant by it and then wrong answers; whose each of the two is."""

    said: list[Numbers]
    meant: list[Numbers]
    said_by: list[int]
    meant_by: list[int]


def _batch(pairs: Sequence[Pair], lessons: Lessons, wrong: _Wrong, chance: random.Random) -> _Batch:
    drawn = [chance.choice(near) for pair in pairs if (near := wrong.of(pair))]
    said = [_part(pair.said, chance) for pair in pairs]
    meant = [
        _part(each, chance)
        for each in (*(pair.meant for pair in pairs), *map(lessons.whole, drawn))
    ]
    owners = [pair.owner for pair in pairs]
    return _Batch(said, meant, owners, owners + drawn)


def _part(text: Numbers, chance: random.Random) -> Numbers:
    """A text with some of its terms left out."""
    if len(text) > LONGEST:
        text = tuple(chance.sample(text, LONGEST))
    if len(text) <= 3:
        return text
    return tuple(number for number in text if chance.random() > LEFT_OUT) or text


def _step(model: Any, ways: "torch.optim.Optimizer", batch: _Batch) -> None:
    """Move what belongs together closer than all else of the batch; what one passage says is no rival."""
    import torch
    from torch.nn.functional import cross_entropy

    alike = SHARP * _units(model, batch.said) @ _units(model, batch.meant).T
    same = torch.tensor(batch.said_by)[:, None] == torch.tensor(batch.meant_by)[None, :]
    right = torch.arange(len(batch.said))
    same[right, right] = False
    loss = cross_entropy(alike.masked_fill(same, -1e4), right)
    ways.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    ways.step()


def _units(model: Any, texts: Sequence[Numbers]) -> "torch.Tensor":
    import torch
    from torch.nn.functional import normalize

    flat = torch.tensor([number for text in texts for number in text])
    offsets = torch.tensor([0, *accumulate(len(text) for text in texts[:-1])])
    vectors = model({"input_ids": flat, "offsets": offsets})["sentence_embedding"]
    return normalize(vectors, dim=1)
