"""Calls made up from the service's own OpenAPI document: every operation, every check, no 5xx.

    python -m benchmarks.fuzz_api --cases 5000

A service on a fresh site is started, with two organisations that may do everything; schemathesis
makes up sound and unsound calls of every operation and checks each reply against the document. Exit code
1 where a check fails or a reply is 500 or above.
"""

import argparse
import contextlib
import logging
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, cast

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as hypothesis_settings
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.openapi.checks import RejectedPositiveData

HEADERS = {"Authorization": "Bearer first"}
SEED = 20_261_121
TURNS = 3
"""An operation that takes little has few calls to be made up; then all are tried again."""


FINER = {
    "POST /v1/chat/completions": "the last words must be a user's",
    "POST /v1/users": "either a password or openid",
    "PATCH /v1/organisation": "67.0 is no whole number of JSON to us",
    "POST /v1/keys": "its last day is not over",
    "POST /v1/keys/{id}/rotate": "1044.0 is no whole number of JSON to us",
    "PATCH /v1/users/{name}": "a password is long enough",
    "POST /v1/audits": "a file is of a kind we read, and its name has visible signs",
    "POST /v1/audits/{report_id}/fixes": "a file is of a kind we read",
    "POST /v1/batches": "a file is of a kind we read, and a webhook leads to a public network",
}
"""Operations whose bodies obey more than their shape: they may refuse with 422 what the shape allows."""


class Told(NamedTuple):
    """What came of a run."""

    calls: int
    statuses: Counter[int]
    failures: dict[str, list[str]]
    """What was wrong, by operation: the first few."""
    seconds: float


def fuzz(address: str, cases: int, seed_number: int = SEED) -> Told:
    """Return what came of calling every operation of a service, so many times in all.

    Args:
        address: of the service.
        cases: calls in all, shared out among the operations.
        seed_number: the same one makes up the same calls.
    """
    schema = schemathesis.openapi.from_url(
        f"{address}/openapi.json", headers=HEADERS, config=SchemathesisConfig()
    )
    operations: list[Any] = [each.ok() for each in cast(Any, schema.get_all_operations())]
    each_gets = max(1, -(-cases // len(operations)))
    statuses: Counter[int] = Counter()
    failures: dict[str, list[str]] = {}
    began = time.perf_counter()
    for turn in range(TURNS):
        for operation in operations if statuses.total() < cases else ():
            wrong = _tried(operation, each_gets, seed_number + turn, statuses)
            if wrong:
                failures[operation.label] = wrong[:3]
    return Told(statuses.total(), statuses, failures, time.perf_counter() - began)


def _tried(operation: Any, many: int, seed_number: int, statuses: Counter[int]) -> list[str]:
    """Call an operation, and go on after a failure: each kind is told once."""
    wrong: dict[str, str] = {}

    @seed(seed_number)
    @hypothesis_settings(
        max_examples=many,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def call(case: Any) -> None:
        response = case.call(headers=HEADERS, timeout=60)
        statuses[response.status_code] += 1
        if response.status_code >= 500:
            wrong.setdefault("5xx", f"{response.status_code} {case.as_curl_command()[:400]}")
        try:
            case.validate_response(response, headers=HEADERS)
        except FailureGroup as group:
            for each in group.exceptions:
                if isinstance(each, RejectedPositiveData) and _finer(
                    operation.label, case, response
                ):
                    continue
                said = f"{str(each)[:300]} {response.status_code} {response.text[:300]}"
                shown = f"{type(each).__name__}: {said} {case.as_curl_command()[:300]}"
                wrong.setdefault(type(each).__name__, shown)

    call()
    return list(wrong.values())


def _finer(label: str, case: Any, response: Any) -> bool:
    """Whether a refusal is right though the shape is.

    A cursor must be one that was handed out, and an Idempotency-Key of visible signs and not one of
    another body.
    """
    key = "Idempotency-Key" in response.text
    return label in FINER or key or "cursor" in (case.query or {})


@contextlib.contextmanager
def service() -> Iterator[str]:
    """Serve a fresh site and give its address."""
    from assistant.settings import Settings, WebSettings
    from assistant.web.app import create_app
    from tests.web.serving import Known, served

    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(site=Path(folder), web=WebSettings(calls_a_minute=0))
        with served(create_app(settings, Known())) as address:
            yield address
    logging.disable(logging.NOTSET)


def main() -> int:
    """Run and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=SEED)
    given_options = parser.parse_args()
    with service() as address:
        told = fuzz(address, given_options.cases, given_options.seed)
    print(f"{told.calls} calls in {told.seconds:.0f} s: {dict(sorted(told.statuses.items()))}")
    for name, wrong in told.failures.items():
        print(name, *wrong, sep="\n    ")
    return 1 if told.failures else 0


if __name__ == "__main__":
    sys.exit(main())
