"""A question made ready for searching: its terms and what each weighs."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from knowledge.index.lexical import Words
from knowledge.index.spelling import Spelling
from knowledge.index.synonyms import Concept, Synonyms
from knowledge.index.terms import LONGEST, plain, terms

SINGLE, REPAIRED, SYNONYM, EVERYDAY = 1.2, 0.7, 0.3, 0.3
"""Weight of a lone character, of a word put right, and of another word for the same thing."""
MOST_TERMS, MOST_REPAIRS = 160, 16
NAMED_WITHIN = 400
"""Characters of a question in which things are looked for by other names."""


class Question(NamedTuple):
    """What is looked for."""

    text: str
    """The question in plain spelling."""
    weights: dict[str, float]
    """Its own terms, each with what it tells: weight times rarity."""
    repaired: dict[str, tuple[str, ...]]
    """For terms no passage holds, what they may have been."""
    concepts: tuple[Concept, ...]
    wanted: dict[str, float]
    """All terms to score with: its own, those put right, other words for the same things."""


def understood(asked: str, words: Words, spelling: Spelling, synonyms: Synonyms) -> Question:
    """Return a question's terms, weighed."""
    text = plain(asked[:LONGEST])
    own = {term: _weight(term) for term in list(dict.fromkeys(terms(text)))[:MOST_TERMS]}
    unknown = [term for term in own if len(term) > 1 and term not in words.vocabulary]
    meant = {term: tuple(spelling.meant(term)) for term in unknown[:MOST_REPAIRS]}
    repaired = {term: found for term, found in meant.items() if found}
    concepts = tuple(synonyms.concepts(text[:NAMED_WITHIN]))
    told = {term: weight * words.rarity(term) for term, weight in own.items()}
    wanted = _wanted(own, repaired, concepts)
    return Question(text, told, repaired, concepts, wanted)


def _wanted(
    own: Mapping[str, float],
    repaired: Mapping[str, tuple[str, ...]],
    concepts: Iterable[Concept],
) -> dict[str, float]:
    wanted = dict(own)
    others = [(word, REPAIRED / len(meant)) for meant in repaired.values() for word in meant]
    for concept in concepts:
        weight = EVERYDAY if concept.everyday else SYNONYM
        said = (term for other in concept.others for term in other)
        others += [(term, weight) for term in said if len(term) > 1]
    for term, weight in others:
        wanted[term] = max(wanted.get(term, 0.0), weight)
    return wanted


def _weight(term: str) -> float:
    return SINGLE if len(term) == 1 and term >= "\u3400" else 1.0
