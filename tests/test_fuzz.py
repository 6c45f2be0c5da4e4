"""Bytes made up at random: a reader gives a draft or says why there is none, and no more."""

import os
import random
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.files import STARTS, WAYS, bear
from tests.reports import FORMS, audited, rendered

HOME = Path(__file__).parents[1]
usual = settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
each_way = pytest.mark.parametrize("way", range(len(WAYS)), ids=["json", "xml", "xlsx", "sheet"])


@each_way
@usual
@given(st.binary(max_size=400))
def test_bytes_at_random_are_borne(way: int, content: bytes) -> None:
    """Whatever they are."""
    bear(way, content)


@each_way
@usual
@given(st.randoms(use_true_random=False), st.integers(1, 6), st.binary(max_size=12))
def test_good_files_gone_bad_are_borne(
    way: int, chance: random.Random, times: int, put: bytes
) -> None:
    """Pieces cut out, doubled, moved, overwritten."""
    bear(way, gone_bad(chance.choice(STARTS[way]), chance, times, put))


def gone_bad(content: bytes, chance: random.Random, times: int, put: bytes) -> bytes:
    """Return a file with some pieces of it changed."""
    for _ in range(times):
        at, to = sorted((chance.randrange(len(content) + 1), chance.randrange(len(content) + 1)))
        to = min(to, at + chance.choice([1, 8, 64, 4096]))
        piece = content[at:to]
        changed = chance.choice([b"", put, piece * 2, piece[::-1], piece.swapcase(), bytes(piece)])
        content = content[:at] + changed + content[to:]
    return content


WORDS = rb"""
" { } [ ] : , \ null true NaN 0 -0 1e9 \ud800 "header" "items" "net_weight" "ie_date" "fee"
"goods_limits" "context" "declared_at" "exchange_rates" "schema" "extras" "20261116"
"2026-11-16T08:00:00+14:00" "0001-01-01T00:00:00+14:00" "9999-12-31T23:59:59-14:00"
"""
TOKENS = st.sampled_from([*WORDS.split(), b'" 12 "', b" "])


@usual
@given(st.lists(TOKENS, max_size=40))
def test_signs_of_json_in_any_order_are_borne(tokens: list[bytes]) -> None:
    """Nearly JSON, and sometimes a draft."""
    bear(0, b"".join(tokens))
    bear(0, b'{"header": {"net_weight": ' + b"".join(tokens[:3]) + b"}}")
    bear(0, b'{"context": {"declared_at": ' + b"".join(tokens[:1]) + b"}}")


@usual
@given(st.randoms(use_true_random=False), st.integers(1, 6), st.binary(max_size=12))
def test_what_can_be_read_can_be_told(chance: random.Random, times: int, put: bytes) -> None:
    """Good JSON gone bad is audited, and the report is rendered in every form."""
    each = audited(gone_bad(chance.choice(STARTS[0]), chance, times, put))
    for form in FORMS:
        assert rendered(form, each)


def test_no_input_is_found_that_a_reader_does_not_bear(tmp_path: Path) -> None:
    """Some seconds of coverage-guided fuzzing."""
    if not find_spec("atheris"):
        said = "atheris is not installed: the readers were NOT fuzzed by coverage"
        assert not os.environ.get("CI"), said
        print(f"\n*** {said} ***", file=sys.__stderr__)
        pytest.skip(said)
    options = ("-runs=20000", "-max_total_time=15", "-timeout=10", "-rss_limit_mb=1024")
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.readers", *options],
        cwd=HOME,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        errors="replace",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    assert "DONE" in done.stderr
