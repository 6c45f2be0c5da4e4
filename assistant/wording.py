"""The fixed sentences the assistant says, in both languages."""

from typing import NamedTuple

from assistant.turn import Kind, Status
from knowledge.text import Text

TO_BE_CONFIRMED = Text("（待核实）", " (to be confirmed)")
NOT_REVIEWED = Text("（本条未经人工复核）", "(not yet reviewed by a person)")
MORE = Text("……（回复“更多”看其余内容）", "… (reply “more” for the rest)")
PERHAPS_ASKED = Text("您是不是想问：", "Did you mean:")
HOTLINES = ("customs-hotline", "system-hotline")
"""Services of the pack whom to call where nobody here can answer."""


class Fixed(NamedTuple):
    """What is said to a kind of message that is no question of the field."""

    status: Status
    says: Text
    cites: tuple[str, ...] = ()


FIXED: dict[Kind, Fixed] = {
    "greeting": Fixed(
        "answer",
        Text(
            "您好，请直接说要问的报关问题，或者把报关单草稿发过来审核。",
            "Hello. Ask your customs question, or send a draft declaration to be checked.",
        ),
    ),
    "thanks": Fixed("answer", Text("不客气，有问题随时问。", "You are welcome. Ask any time.")),
    "complaint": Fixed(
        "handover",
        Text(
            "抱歉没有帮上忙，这件事转给人工处理。请说明哪一句不对，或者贴上原问题。",
            "Sorry that this did not help. A person will look at it. Please say which sentence is "
            "wrong, or paste the question.",
        ),
    ),
    "person": Fixed(
        "handover",
        Text(
            "好的，转人工。请把问题和单号后四位留下，方便同事接着处理。",
            "All right, a person will take over. Leave the question and the last four digits of "
            "the declaration number.",
        ),
    ),
    "outside": Fixed(
        "abstain",
        Text(
            "这个问题不在中国海关申报的范围内，我答不了。可以问我报关单填制、税费、期限、证件这类问题。",
            "This lies outside Chinese customs declarations, so I cannot answer it. Ask me about "
            "filling in the declaration, duties, terms or licences.",
        ),
    ),
    "misuse": Fixed(
        "refuse",
        Text(
            "这个忙不能帮：进出口货物必须如实申报，申报不实要受处罚。已经报错的，可以申请修改或撤销报关单，"
            "或者向海关主动披露。",
            "I cannot help with that: goods must be declared truthfully, and misdeclaration is "
            "punished. If something was declared wrongly, apply to amend or withdraw the "
            "declaration, or disclose it to customs yourself.",
        ),
        ("cn-law-customs#24", "cn-reg-penalty#15"),
    ),
    "nothing": Fixed(
        "clarify",
        Text(
            "没看到文字内容。请用一句话说明要问什么。",
            "There are no words in this message. Please say in one sentence what you want to know.",
        ),
    ),
    "audit": Fixed(
        "clarify",
        Text(
            "可以审核。请把报关单草稿发过来：单一窗口报文 XML、JSON 或 Excel 文件，或者直接粘贴内容。",
            "I can check it. Send the draft: Single Window XML, JSON or an Excel file, or paste "
            "its content.",
        ),
    ),
}
UNKNOWN = Text(
    "手头的资料里没有能确定回答这个问题的依据，不乱答。",
    "Nothing at hand answers this for certain, so I will not guess.",
)
UNSURE = Text(
    "找到的内容和问题只有部分相符，没有把握，不乱答。",
    "What was found matches the question only in part, so I will not guess.",
)
NOT_BORNE_OUT = Text(
    "找到的依据不足以支持答案。",
    "What was found does not bear an answer out.",
)
WOULD_HELP = Text(
    "补充监管方式、商品编码、日期或系统提示的原文，可能就能回答。",
    "The trade mode, commodity code, dates or the exact system message may settle it.",
)
CALL = Text("急用请拨 {}。", "If urgent, call {}.")
