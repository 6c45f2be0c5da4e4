"""What is sent to a language model holds nothing of a person, a firm or a price."""

from datetime import date

import pytest

from assistant.models.sending import sent, unrestored, whole
from assistant.turn import Question, Said
from tests.models.conftest import desk_of, speaker_of
from tests.models.server import Reply, Server

DAY = date(2026, 11, 21)
PRIVATE = {
    "联系人张伟，电话13812345678": ("张伟", "13812345678"),
    "信用代码91110108MA01C8J24Y": ("91110108MA01C8J24Y",),
    "货值50万美元，单价12.5，总价6,250": ("50万美元", "12.5", "6,250"),
    "深圳市华兴达贸易有限公司": ("华兴达",),
    "the price is USD 12,000 and freight 350": ("12,000", "350"),
    "value 98765": ("98765",),
    "三方协议签了，50万美元": ("50万美元",),
}


@pytest.mark.parametrize("text", PRIVATE)
def test_private_things_are_hidden_and_come_back(text: str) -> None:
    """Each is behind a placeholder, and what comes back with them is restored."""
    given = sent(text)
    assert given is not None
    assert not [each for each in PRIVATE[text] if each in given.text]
    assert given.restored(given.text) == text


@pytest.mark.parametrize(
    "text",
    [
        '看看这个 {"header": {"trade_mode": "0110"}} 对不对',
        "<DecMessage><DecHead><IEFlag>I</IEFlag>",
        "〔报关单草稿〕",
        "品名 水泵 净重 10 毛重 12 " * 40,
    ],
)
def test_what_looks_like_a_draft_is_not_sent(text: str) -> None:
    """A draft, or a text as long as one, is kept here."""
    assert sent(text) is None


def test_codes_of_the_trade_stay_readable() -> None:
    """Trade modes, announcements, days and articles are no secrets."""
    said = "0110 海关总署公告2024年第30号 2024-04-10 第24条怎么填"
    assert sent(said) == (said, {})


def test_a_placeholder_that_hides_nothing_is_seen() -> None:
    """What a model makes up in our brackets is no value."""
    assert unrestored("〔数值7〕")
    assert unrestored("〔电话1〕")
    assert not unrestored("〔电话〕 14日")


def test_a_site_may_let_everything_be_seen() -> None:
    """Where the site allows it, texts go out as they are."""
    assert whole("电话13812345678").text == "电话13812345678"


def test_no_request_holds_anything_private(listener: Server) -> None:
    """By the desk: question and history are masked, and of earlier answers nothing is sent."""
    listener.question = listener.answer = Reply("好")
    desk = desk_of(speaker_of(listener))
    first = "可以一个关区签几家银行吗，联系人张伟13812345678，50万美元"
    asked = Question("可以一个关区签几家银行吗，联系人张伟", DAY, policy="lenient")
    desk.ask(asked)
    before = (Said("user", first), Said("assistant", "审核：净重 7777 大于毛重"))
    desk.ask(Question("那出口呢？", DAY, history=before))
    sent_out = str(listener.requests)
    assert len(listener.requests) >= 2
    for private in ("张伟", "13812345678", "50万", "7777"):
        assert private not in sent_out


def test_a_draft_in_a_question_asks_no_model(listener: Server) -> None:
    """A question with a piece of a draft in it is answered without the model."""
    said = '可以一个关区签几家银行吗 "gross_weight": "100"'
    answer = desk_of(speaker_of(listener)).ask(Question(said, DAY))
    assert listener.requests == []
    assert answer.narration in ("", "set aside: the question may hold a draft")
