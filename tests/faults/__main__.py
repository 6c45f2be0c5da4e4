"""Try every fault on every draft."""

import sys

from tests.faults import FAULTS, tried


def main() -> int:
    """Try every fault and print what was missed; return how many."""
    results = list(tried())
    missed = [miss for *_, miss in results if miss]
    for miss in missed:
        said = ", ".join(miss.instead)
        sys.stdout.write(f"{miss.draft}: {miss.fault}: {miss.place}: {said}\n")
    share = 1 - len(missed) / len(results)
    sys.stdout.write(f"{len(FAULTS)} faults, {len(results)} slips, {share:.2%} caught\n")
    return len(missed)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
