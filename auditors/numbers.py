"""Check characters of the numbers on a declaration; the only door to python-stdnum.

Each function takes the characters that stand before the check character and returns it. They
are pure. python-stdnum is fetched on first use: it brings in half the standard library, and not
every command of the program looks at numbers.
"""

from functools import lru_cache

CREDIT_CODE_SIGNS = frozenset("0123456789ABCDEFGHJKLMNPQRTUWXY")
"""Signs of a unified social credit code: no I, O, S, V, Z."""
CREDIT_CODE_LENGTH = 18

ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def credit_code_check(first: str) -> str:
    """Return the last character of a unified social credit code (GB 32100), from the first 17.

    >>> credit_code_check("91310115MA1FL0T52")
    'J'
    """
    from stdnum.cn import uscc

    return uscc.calc_check_digit(first)


@lru_cache(maxsize=4096)  # the same firms declare day by day
def is_credit_code(code: str) -> bool:
    """Return whether a code has the length, the signs and the check character of GB 32100.

    The first eight need not be digits: bodies registered by the army (A), by the farm
    administration (N) or elsewhere (Y) begin with a letter.

    >>> is_credit_code("91310115MA1FL0T52J"), is_credit_code("91310115MA1FL0T52K")
    (True, False)
    >>> is_credit_code("91310115ma1fl0t52j"), is_credit_code("MA1FL0T52")
    (False, False)
    """
    return (
        len(code) == CREDIT_CODE_LENGTH
        and CREDIT_CODE_SIGNS.issuperset(code)
        and credit_code_check(code[:-1]) == code[-1]
    )


@lru_cache(maxsize=4096)
def organisation_check(first: str) -> str:
    """Return the ninth character of an organisation code (GB 11714), from the first 8.

    >>> organisation_check("MA1FL0T5")
    '2'
    """
    weighed = zip(first, ORGANISATION_WEIGHTS, strict=True)
    left = -sum(int(sign, 36) * weight for sign, weight in weighed) % 11
    return "X" if left == 10 else str(left)


@lru_cache(maxsize=4096)
def container_check(first: str) -> str:
    """Return the check digit of a container number (ISO 6346), from the first 10 characters.

    >>> container_check("CSQU305438"), container_check("BMOU512340")
    ('3', '0')
    """
    from stdnum import iso6346

    return iso6346.calc_check_digit(first)


@lru_cache(maxsize=4096)
def vessel_check(first: str) -> str:
    """Return the last digit of an IMO ship number, from the first 6.

    >>> vessel_check("907472"), vessel_check("980311")
    ('9', '8')
    """
    from stdnum import imo

    return imo.calc_check_digit(first)


def waybill_check(serial: str) -> str:
    """Return the check digit of an air waybill, from the 7 digits after the airline's prefix.

    >>> waybill_check("4512038")
    '6'
    """
    return str(int(serial) % 7)
