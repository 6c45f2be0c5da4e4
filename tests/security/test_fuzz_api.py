"""Made-up calls of every operation of the OpenAPI document: each reply is as documented, none 5xx."""

from benchmarks.fuzz_api import fuzz, service

CASES = 260


def test_every_operation_answers_as_documented() -> None:
    """No made-up call is answered with 5xx, or otherwise than the document says."""
    with service() as address:
        told = fuzz(address, CASES)
    assert told.failures == {}
    assert told.calls >= CASES
    assert max(told.statuses) < 500
