"""The threads in each process that do what is not done while a caller waits."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

from sqlalchemy import Engine

from assistant.settings import WebSettings
from assistant.storage.batches import Batches
from assistant.storage.idempotency import Idempotency
from assistant.storage.jobs import Jobs
from assistant.storage.organisations import Organisations
from assistant.storage.reports import Reports
from assistant.storage.sealing import Seal
from assistant.storage.webhooks import Deliveries
from assistant.work.auditing import BatchWork
from assistant.work.webhooks import Sender
from knowledge.library import Library

LOG = logging.getLogger(__name__)
IDLE_SECONDS = 1.0
"""How often it is looked for work that another process or an earlier one has left."""
AFTER_FAULT_SECONDS = 5.0
TIDY_SECONDS = 600.0


class Post(NamedTuple):
    """A kind of work, and how much of it is done at a step."""

    name: str
    step: Callable[[], bool]
    """Does a piece; whether there was one."""


class Background:
    """Does work in threads, one for each post, until it is closed."""

    def __init__(self, posts: Sequence[Post]) -> None:
        """Start the threads."""
        self._ending = threading.Event()
        self._called = {post.name: threading.Event() for post in posts}
        self._threads = [
            threading.Thread(target=self._run, args=(post,), name=post.name, daemon=True)
            for post in posts
        ]
        for thread in self._threads:
            thread.start()

    def call(self) -> None:
        """Have work looked for at once."""
        for event in self._called.values():
            event.set()

    def close(self, patience_seconds: float = 5.0) -> None:
        """End the threads after the piece they are at; what is left is taken up by others."""
        self._ending.set()
        self.call()
        until = time.monotonic() + patience_seconds
        for thread in self._threads:
            thread.join(max(until - time.monotonic(), 0.0))

    def _run(self, post: Post) -> None:
        while not self._ending.is_set():
            called = self._called[post.name]
            called.clear()
            try:
                idle = IDLE_SECONDS if not post.step() else 0.0
            except Exception as fault:  # the next piece, or the next try, may go well
                LOG.warning("%s: %s", post.name, type(fault).__name__)
                idle = AFTER_FAULT_SECONDS
                self._ending.wait(idle)
                continue
            if idle:
                called.wait(idle)


def posts_of(
    engine: Engine,
    seal: Seal,
    library: Callable[[], Library],
    settings: WebSettings,
    tidies: Callable[[], int] = lambda: 0,
) -> list[Post]:
    """Return what is to be done at a site."""
    batches = Batches(engine, seal)
    jobs = Jobs(engine, settings.lease_seconds)
    deliveries = Deliveries(engine)
    organisations = Organisations(engine)
    sender = Sender(deliveries, organisations, seal, private=settings.private_webhooks)
    tidy = Tidy(
        (
            batches.expire,
            deliveries.expire,
            Reports(engine, seal).purge_drafts,
            Idempotency(engine, seal).purge,
            tidies,
        )
    )
    return [
        Post("batches", BatchWork(engine, batches, jobs, library).step),
        Post("webhooks", sender.step),
        Post("tidying", tidy.step),
    ]


class Tidy:
    """Removes what is over, now and then."""

    def __init__(self, over: Sequence[Callable[[], int]], seconds: float = TIDY_SECONDS) -> None:
        self._over = over
        self._seconds = seconds
        self._next = time.monotonic()

    def step(self) -> bool:
        """Remove it where it is time to; there is never more to do at once."""
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + self._seconds
            for remove in self._over:
                remove()
        return False
