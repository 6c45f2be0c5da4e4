"""The ways people ask for a passage, for telling how alike a question is to one of them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.index.terms import terms
from knowledge.passage import Passage


class Wordings(NamedTuple):
    """Wordings by term: which hold it stands in `docs` where `terms` has its number."""

    owners: NDArray[np.int32]
    """The passage of each wording."""
    sizes: NDArray[np.uint16]
    """How many terms each has."""
    terms: NDArray[np.int32]
    docs: NDArray[np.int32]

    def alike(
        self, told: Mapping[str, float], vocabulary: Mapping[str, int], size: int
    ) -> NDArray[np.float64]:
        """Return how alike a question is to the nearest wording of each passage, 0 to 1.

        Shared weight beside the weights of both; a term only the wording has weighs what is
        typical of the question.

        Args:
            told: the question's terms, weighed.
            vocabulary: the number of each term.
            size: how many passages there are.
        """
        best = np.zeros(size)
        shared, common = np.zeros(len(self.owners)), np.zeros(len(self.owners))
        for term, weight in told.items():
            if (number := vocabulary.get(term)) is not None:
                start, end = np.searchsorted(self.terms, (number, number + 1))
                shared[self.docs[start:end]] += weight
                common[self.docs[start:end]] += 1
        if whole := sum(told.values()):
            other = shared + whole / len(told) * (self.sizes - common)
            np.maximum.at(best, self.owners, 2 * shared / (whole + other))
        return best


def wordings_of(passages: Sequence[Passage], vocabulary: Mapping[str, int]) -> Wordings:
    """Return the wordings of passages, their terms numbered as in a vocabulary."""
    said = [(number, each) for number, passage in enumerate(passages) for each in passage.asked]
    held = [sorted({vocabulary[term] for term in terms(each)}) for _, each in said]
    sizes = np.array([len(each) for each in held], np.uint16)
    numbers = np.array([term for each in held for term in each], np.int32)
    order = np.argsort(numbers, kind="stable")
    return Wordings(
        owners=np.array([owner for owner, _ in said], np.int32),
        sizes=sizes,
        terms=numbers[order],
        docs=np.repeat(np.arange(len(said), dtype=np.int32), sizes)[order],
    )
