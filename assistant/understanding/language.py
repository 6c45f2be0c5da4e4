"""The language of a message: that of the words which carry the question."""

import re

from assistant.understanding.message import message
from knowledge.text import Language

HAN = re.compile(r"[\u3400-\u9fff]")
KANA = re.compile(r"[\u3040-\u30ff]")
QUOTED = re.compile(r"[\"“”][^\"“”]{1,200}[\"“”]|[「『《][^」』》]{1,200}[」』》]")
ENGLISH = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")
ASKED_ZH = re.compile(
    r"怎么|怎样|什么|如何|为什么|为何|多少|哪|几|吗|呢|是否|能不能|可不可以|要不要|有没有|是不是|啥|咋|可以|帮|请|吧|谢谢|你好|多久"
)
ASKED_EN = frozenset(
    [
        "what",
        "how",
        "when",
        "where",
        "which",
        "who",
        "whom",
        "why",
        "can",
        "could",
        "should",
        "must",
        "may",
        "do",
        "does",
        "did",
        "is",
        "are",
        "will",
        "would",
        "shall",
        "whether",
        "please",
        "need",
        "thanks",
        "thank",
        "hello",
        "hi",
        "tell",
        "explain",
        "want",
        "help",
        "about",
    ]
)
"""Words a question is asked with."""


def language_of(text: str, otherwise: Language = "zh") -> Language:
    """Return the language to answer a message in.

    Args:
        text: the message.
        otherwise: the language where it has no words.

    >>> language_of("HS code怎么查"), language_of("what does 报关单 mean?")
    ('zh', 'en')
    """
    said = message(text).said
    bare = QUOTED.sub(" ", said)
    said = bare if re.search(r"[^\W\d_]", bare) else said
    han, words = HAN.findall(said), ENGLISH.findall(said)
    if not han or KANA.search(said):
        return "en" if re.search(r"[^\W\d_]", said) and not _code(said) else otherwise
    asked = [word for word in words if word.lower() in ASKED_EN]
    if not asked or not words:
        return "zh" if asked or ASKED_ZH.search(said) or len(han) * 2 >= len(words) else "en"
    if not ASKED_ZH.search(said):
        return "en" if len(words) * 2 > len(han) else "zh"
    return "en" if len(words) > len(han) else "zh"


def _code(said: str) -> bool:
    """Whether a message is a code and nothing else."""
    return re.fullmatch(r"[A-Z]{0,3}[-#]?[A-Z]?\d[\w.-]*[?!.]?", said, re.I) is not None
