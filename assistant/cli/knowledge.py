"""`declarant knowledge`: import official texts, build the index, check the pack, train an embedder."""

from assistant.cli.knowing import knowledge
from assistant.cli.searching import build, check
from assistant.cli.training import train_embedder

for command in (build, check, train_embedder):
    knowledge.add_command(command)

__all__ = ["knowledge"]
