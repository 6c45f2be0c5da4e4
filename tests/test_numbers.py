"""Check characters, against the standards worked out a second time in another way."""

import string
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditors.numbers import (
    CREDIT_CODE_SIGNS,
    container_check,
    credit_code_check,
    is_credit_code,
    organisation_check,
    vessel_check,
    waybill_check,
)

CREDIT_ORDER = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT = st.text(CREDIT_ORDER, min_size=17, max_size=17)
ORGANISATION = st.text(string.digits + string.ascii_uppercase, min_size=8, max_size=8)
CONTAINER = st.from_regex(r"[A-Z]{3}[UJZ][0-9]{6}", fullmatch=True)


def digits(count: int) -> st.SearchStrategy[str]:
    """Strings of that many digits."""
    return st.text(string.digits, min_size=count, max_size=count)


def credit_sum(code: str) -> int:
    """GB 32100 as a polynomial in 3 over the integers modulo 31, read from the last sign."""
    total = 0
    for sign in reversed(code):
        total = (total * 3 + CREDIT_ORDER.index(sign)) % 31
    return total


def container_values() -> dict[str, int]:
    """ISO 6346: letters count up from 10 and leave out the multiples of 11."""
    counted = [value for value in range(10, 39) if value % 11]
    letters = dict(zip(string.ascii_uppercase, counted, strict=True))
    return letters | {digit: int(digit) for digit in string.digits}


def container_sum(number: str) -> int:
    """ISO 6346 with the weights doubled from the right end."""
    values, total = container_values(), 0
    for sign in reversed(number):
        total = total * 2 + values[sign]
    return total


@given(CREDIT)
def test_credit_code(first: str) -> None:
    """The whole code with its check character, whose weight is 1, is a multiple of 31."""
    check = CREDIT_ORDER.index(credit_code_check(first))
    assert (credit_sum(first) + check) % 31 == 0
    assert is_credit_code(first + CREDIT_ORDER[check])
    assert not is_credit_code(first + CREDIT_ORDER[(check + 1) % 31])


@given(CREDIT, st.integers(0, 16), st.sampled_from(CREDIT_ORDER))
def test_credit_code_sees_one_wrong_sign(first: str, at: int, sign: str) -> None:
    """31 is prime and no weight is a multiple of it: no single slip goes unseen."""
    code = first + credit_code_check(first)
    slipped = code[:at] + sign + code[at + 1 :]
    assert is_credit_code(slipped) == (sign == code[at])


@given(st.text(max_size=20))
def test_credit_code_of_anything(text: str) -> None:
    """Whatever stands in the field, the answer is yes or no."""
    held = is_credit_code(text)
    assert not held or (len(text) == 18 and CREDIT_CODE_SIGNS.issuperset(text))


@given(ORGANISATION)
def test_organisation_code(first: str) -> None:
    """The weighted sum with the check character, whose weight is 1, is a multiple of 11."""
    values = string.digits + string.ascii_uppercase
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(values.index(sign) * weight for sign, weight in zip(first, weights, strict=True))
    check = organisation_check(first)
    assert (total + (10 if check == "X" else int(check))) % 11 == 0


@pytest.mark.parametrize(
    ("first", "check"), [("MA1FL0T5", "2"), ("00000000", "0"), ("D2143569", "X")]
)
def test_organisation_code_known(first: str, check: str) -> None:
    """The example of GB 11714 and both ends of the modulus."""
    assert organisation_check(first) == check


@given(CONTAINER)
def test_container(first: str) -> None:
    """The remainder modulo 11, a ten being written as nought."""
    assert container_check(first) == str(container_sum(first) % 11)[-1]


@given(digits(6))
def test_vessel(first: str) -> None:
    """The last digit of the sum, each digit counted once for each place it stands before."""
    running = [sum(map(int, first[: end + 1])) for end in range(6)]
    assert vessel_check(first) == str(sum(running) + sum(map(int, first)))[-1]


@given(digits(7))
def test_waybill(serial: str) -> None:
    """Taking the check digit away leaves a multiple of 7."""
    check = int(waybill_check(serial))
    assert 0 <= check < 7
    assert (int(serial) - check) % 7 == 0


def test_import_is_light() -> None:
    """Nothing is fetched until a number is looked at."""
    asks = "import sys, auditors.numbers; print('stdnum' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"
