"""A passage about the opposite of what is asked does not answer."""

import pytest

from assistant.contrast import contrary

CIF = (
    "进口CIF还填了运费",
    "CIF进口还要填运费吗",
    "CIF运费填了会不会重复交税",
    "成交方式写成CIF其实是FOB",
)
GROSS = ("毛重怎么填", "how to enter the gross weight")


@pytest.mark.parametrize(
    ("question", "headings", "other"),
    [
        pytest.param("成交方式FOB要填运费吗", CIF, True, id="FOB for CIF"),
        pytest.param("CIF要填运费吗", CIF, False, id="the very one"),
        pytest.param("FOB和CIF哪个要填运费", CIF, False, id="both are asked about"),
        pytest.param("运费怎么填", CIF, False, id="neither is named"),
        pytest.param("where do I put the net weight", GROSS, True, id="net for gross"),
        pytest.param("gross weight field", GROSS, False, id="gross"),
        pytest.param(
            "滞纳金怎么算", ("滞报金怎么算", "滞报金减免"), True, id="surcharge for late fee"
        ),
        pytest.param(
            "提单号填错了", ("箱号校验位不对", "集装箱号怎么填"), True, id="bill for container"
        ),
        pytest.param("airport charges", ("空运舱单",), False, id="a word inside another"),
    ],
)
def test_the_opposite_is_no_answer(question: str, headings: tuple[str, ...], other: bool) -> None:
    """Headings that speak of one thing are contrary to a question about the other."""
    assert contrary(question, headings) is other
