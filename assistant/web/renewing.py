"""Lets a running process take up a newer index: no restart, and no call waits for it."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import to_thread

from assistant.desk import Desk
from assistant.searchable import served_index
from assistant.shelf import Shelf
from assistant.voice import voice_of
from assistant.web.state import State
from knowledge.errors import PackError
from knowledge.importing import Store
from knowledge.index.generations import serving

LOG = logging.getLogger(__name__)
SECONDS = 20.0
"""How often is looked whether a newer generation serves."""


@asynccontextmanager
async def renewing(state: State, every: float = SECONDS) -> AsyncIterator[None]:
    """Take up what is built meanwhile, as long as this context lasts."""
    task = asyncio.create_task(_renew(state, every))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def renewed(state: State) -> bool:
    """Take up the generation that serves, where it is another; return whether it was.

    Nothing is built or written. What cannot be read is left, and told in the log.
    """
    settings = state.settings
    folder = settings.site / "index"
    try:
        if serving(folder).stamp == state.shelf.index.stamp:
            return False
        index = served_index(
            folder, settings.index.embedder, cross_encoder=settings.index.cross_encoder
        )
    except (PackError, OSError) as fault:
        LOG.warning("the newer index cannot be read (%s); the older one serves on", fault)
        return False
    shelf = Shelf(state.shelf.library, index, Store(settings.site))
    state.take_up(Desk(shelf, policy=settings.policy, voice=voice_of(settings, shelf)))
    LOG.info("index %s was taken up", index.stamp[:16])
    return True


async def _renew(state: State, every: float) -> None:
    while True:
        await asyncio.sleep(every)
        try:
            await to_thread.run_sync(renewed, state)
        except Exception:
            LOG.exception("the newer index could not be taken up")
