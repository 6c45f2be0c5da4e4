"""The language model of a site, opened from its settings: words questions and answers anew."""

import logging

from sqlalchemy.exc import SQLAlchemyError

from assistant.models.budget import Budget, Limits, Spent, SpentHere
from assistant.models.sending import sent, whole
from assistant.models.speaker import Speaker
from assistant.pipeline import Voice
from assistant.settings import Settings
from assistant.shelf import Shelf
from assistant.steps.narrate import narrate
from assistant.steps.rewrite import rewrite
from assistant.steps.understand import understand
from knowledge.errors import PackError

LOG = logging.getLogger(__name__)


def voice_of(settings: Settings, shelf: Shelf) -> Voice | None:
    """Return the steps of a site's language model, or nothing where the settings name none.

    Raises:
        ValueError: the model's package is not installed, or its name tells no provider.
    """
    held = settings.model
    if not held.name:
        return None
    from assistant.models.chat import ChatModel

    limits = Limits(held.tokens_a_chat_and_day, held.tokens_a_day)
    speaker = Speaker(ChatModel(held), Budget(limits, _spent(settings)))
    sends = whole if held.may_see_drafts else sent
    return Voice(
        rewrite=rewrite(understand(shelf.library), speaker, sends),
        narrate=narrate(shelf, speaker, sends),
    )


def _spent(settings: Settings) -> Spent:
    from assistant.storage.engine import open_engine
    from assistant.storage.migrating import migrate
    from assistant.storage.tokens import SpentInDatabase

    try:
        engine = open_engine(settings.database_url)
        migrate(engine)
    except (OSError, PackError, SQLAlchemyError) as fault:
        LOG.warning("tokens are counted in this process alone (%s)", type(fault).__name__)
        return SpentHere()
    return SpentInDatabase(engine)
