"""Incoterms on an invoice (贸易术语) and the terms of delivery (成交方式) they are declared as."""

import re
from functools import lru_cache

from knowledge.errors import CannotJudge

DECLARED_AS = {
    "CIF": ("1",),
    "CIP": ("1",),
    "DAT": ("1",),
    "DAP": ("1",),
    "DPU": ("1",),
    "DDP": ("1",),
    "DDU": ("1",),
    "CFR": ("2",),
    "CPT": ("2",),
    "CNF": ("2",),
    "C&F": ("2",),
    "FOB": ("3",),
    "FAS": ("3",),
    "FCA": ("3", "7"),
    "C&I": ("4",),
    "EXW": ("7",),
}
"""Codes of the terms of delivery; FCA is 7 where the buyer collects at the works."""

LONGEST = 80
"""Signs of the terms with their place; a longer text is something else."""
WORD = re.compile(r"[A-Z&]+")


@lru_cache(maxsize=1024)  # invoices name the same terms day by day; what is refused is not kept
def declared_as(written: str | None) -> tuple[str, ...]:
    """Return the codes of the terms of delivery that fit what an invoice says.

    >>> declared_as("FOB Hamburg")
    ('3',)

    Raises:
        CannotJudge: it names no known term, or several that differ.
    """
    if not written:
        raise CannotJudge("发票未给出贸易术语", "the invoice gives no Incoterm")
    words = WORD.findall(written.upper())
    found = {DECLARED_AS[word] for word in words if word in DECLARED_AS}
    if len(found) != 1 or len(written) > LONGEST:
        said = written[:LONGEST]
        raise CannotJudge(
            f"无法识别发票上的贸易术语“{said}”", f'the Incoterm "{said}" is not recognised'
        )
    return found.pop()
