"""A language model with its budget: the only way the steps ask one.

A server that failed several times running is left alone for a while, so that nobody waits for it
question after question.
"""

import contextlib
import logging
import time
from collections.abc import Callable
from threading import Lock

from assistant.models.budget import Budget, Taken, Uncounted
from assistant.models.model import Model, ModelFailed, Prompt, Worded, tokens_of

LOG = logging.getLogger(__name__)
MOST_FAILURES = 3
RESTS_SECONDS = 60.0


class Speaker:
    """Asks a model, within its budget."""

    def __init__(
        self, model: Model, budget: Budget, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._model, self._budget, self._clock = model, budget, clock
        self._failures, self._until = 0, 0.0
        self._lock = Lock()

    def say(self, prompt: Prompt, chat: str) -> str:
        """Return what the model writes.

        Raises:
            ModelFailed: there is no budget left, it is left alone for a while, or it failed.
        """
        if self._resting():
            raise ModelFailed("resting after failures", free=True)
        most = tokens_of(prompt.rules) + tokens_of(prompt.data) + self._model.tokens_an_answer
        taken = self._taken(chat, most)
        try:
            worded = self._asked(prompt)
        except ModelFailed as fault:
            self._settle(taken, 0 if fault.free else most)
            raise
        self._settle(taken, worded.tokens)
        return worded.text

    def _taken(self, chat: str, tokens: int) -> Taken:
        try:
            taken = self._budget.take(chat, tokens)
        except Uncounted:
            raise ModelFailed("budget unknown", free=True) from None
        if taken is None:
            raise ModelFailed("over budget", free=True)
        return taken

    def _settle(self, taken: Taken, tokens: int) -> None:
        with contextlib.suppress(Uncounted):  # then what was set apart stays counted
            self._budget.settle(taken, tokens)

    def _asked(self, prompt: Prompt) -> Worded:
        try:
            worded = self._model.complete(prompt)
        except ModelFailed as fault:
            self._failed(str(fault))
            raise
        with self._lock:
            self._failures = 0
        return worded

    def _resting(self) -> bool:
        with self._lock:
            return self._clock() < self._until

    def _failed(self, why: str) -> None:
        LOG.warning("the language model %s failed: %s", self._model.name, why)
        with self._lock:
            self._failures += 1
            if self._failures >= MOST_FAILURES:
                self._until = self._clock() + RESTS_SECONDS
