"""`declarant knowledge`: import official texts, build the index, check the pack."""

from assistant.cli.knowing import knowledge
from assistant.cli.searching import build, check

for command in (build, check):
    knowledge.add_command(command)

__all__ = ["knowledge"]
