"""The terms of a text: Chinese characters and pairs of them, English words, codes kept whole."""

import re
import unicodedata
from functools import lru_cache

from knowledge.numerals import number_of

LONGEST = 2_000
"""Characters of a question that are looked at; nobody asks in more."""

TRADITIONAL = str.maketrans(
    "報關單稅號編碼貨資證進運輸報價費幣貿應檢驗檔務處產國際區櫃艙倉縣協議書"
    "賬帳項數據電腦網線實際稱額領繳減購銷營業員經過還後時間許認備類別標準規則"
    "條約訂訊麼樣這個裡點與請問對錯發開門車飛機場醫藥農業漁蟲獸體積總淨重廢舊",
    "报关单税号编码货资证进运输报价费币贸应检验档务处产国际区柜舱仓县协议书"
    "账账项数据电脑网线实际称额领缴减购销营业员经过还后时间许认备类别标准规则"
    "条约订讯么样这个里点与请问对错发开门车飞机场医药农业渔虫兽体积总净重废旧",
)
COUNTED = re.compile(
    r"[零〇一二三四五六七八九十百千两]+(?=[条款项日天年月时号个周星元倍张份次票吨万]|工作日|小时|千克|公斤)"
)
SHARE = re.compile(r"([百千万])分之([零〇一二三四五六七八九十百]+)")
WORD = re.compile(r"[a-z0-9]+(?:[-_./#][a-z0-9]+)*|[\u3400-\u9fff]+|[%‰‱]")
PART = re.compile(r"[a-z]+|[0-9]+(?:\.[0-9]+)?")
SILENT = frozenset(
    "的了吗呢啊吧么嘛呀哦是在有我你您他她它这那就都也要会可以和与或及其被把给请问下很还想没去来"
)
"""Characters that carry nothing alone."""
FUNCTION = re.compile(
    "为什么|怎么办|怎么样|怎么|怎样|咋办|咋整|咋样|咋|如何|什么|啥|哪些|哪个|哪里|哪儿|请问|一下|是不是|有没有|"
    "能不能|可不可以|要不要|需不需要|用不用|行不行|会不会|是否|能否|可否|可以|应该|我们|我司|我的|你们|他们|咱们|"
    "这个|那个|这样|那样|现在|已经|还是|还能|还要|还会|就是|但是|因为|所以|如果|然后|的话|谢谢|各位|大佬|老师|求助|"
    "到底|听说|别人|有人|一直|突然|刚刚|其实|比如|这种|那种|而且|不过|只是|只要|一定|自己|有点|好像|反正|"
    "想要|打算|需要|想问|"
    "(?<![目标])的(?!确)|吗|呢|吧|啊|呀|嘛|哦|了(?!解)"
)
"""Words that carry no matter: a pair of characters does not reach across them."""
LITTLE_WORDS = (
    "a an the of to in on at for by is are be do does did i we my our you your it its and or can "
    "what how when where which who if with from as that this there was were has have not no "
    "should must may will would s t please need"
)
STOP = frozenset(LITTLE_WORDS.split())


def plain(text: str) -> str:
    """Return a text in one spelling: half-width, lower case, simplified, numbers in digits.

    >>> plain("第二十四條　ＡＲＴ．２４，万分之五")
    '第24条 art.24,5‱'
    """
    text = unicodedata.normalize("NFKC", text).lower().translate(TRADITIONAL)
    text = SHARE.sub(_share, text)
    return COUNTED.sub(_counted, text)


def _counted(found: re.Match[str]) -> str:
    number = number_of(found[0])
    return found[0] if number is None else str(number)


def _share(found: re.Match[str]) -> str:
    number = number_of(found[2])
    return (
        found[0]
        if number is None
        else f"{number}{dict(zip('百千万', '%‰‱', strict=True))[found[1]]}"
    )


def terms(text: str) -> list[str]:
    """Return the terms of a text in the order they stand.

    >>> terms("净重 0.4 kg rejected by CN-W006")
    ['净', '净重', '重', '0.4', 'kg', 'reject', 'cn-w006', 'cn', 'w', '006']
    """
    return [term for word in WORD.findall(content(plain(text))) for term in _terms_of(word)]


def content(plain: str) -> str:
    """Return a text in plain spelling with blanks for words that carry no matter.

    >>> content("毛重怎么填的?")
    '毛重 填 ?'
    """
    return FUNCTION.sub(" ", plain)


@lru_cache(maxsize=65_536)
def _terms_of(word: str) -> tuple[str, ...]:
    if word[0] >= "\u3400":
        return _of_characters(word)
    if word.isalpha():
        return () if word in STOP else (stem(word),)
    parts = PART.findall(word)
    if parts == [word]:
        return (word,)
    return (word, *(stem(part) for part in parts if part not in STOP))


def _of_characters(word: str) -> tuple[str, ...]:
    found: list[str] = []
    for place, sign in enumerate(word):
        if sign not in SILENT:
            found.append(sign)
        pair = word[place : place + 2]
        if len(pair) == 2 and not (sign in SILENT and pair[1] in SILENT):
            found.append(pair)
    return tuple(found)


def stem(word: str) -> str:
    """Return an English word without its commonest endings.

    >>> [stem(word) for word in ("declarations", "rejected", "filing", "duties", "entry", "rolled")]
    ['declar', 'reject', 'fil', 'duty', 'entry', 'roll']
    """
    for ending, instead in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) + len(instead) >= 3:
            word = word[: -len(ending)] + instead
            break
    word = word.removesuffix("e") if len(word) > 3 else word
    word = word[:-1] if len(word) > 4 and word[-1] == word[-2] != "s" else word
    return SPELT.get(word, re.sub("iz$", "is", word))


SPELT = {"licens": "licenc", "center": "centr", "color": "colour"}
"""Stems of American spellings, in the pack's own."""


ENDINGS = (
    ("ations", ""),
    ("ation", ""),
    ("ments", ""),
    ("ment", ""),
    ("ies", "y"),
    ("ings", ""),
    ("ing", ""),
    ("sses", "ss"),
    ("ions", ""),
    ("ion", ""),
    ("ed", ""),
    ("es", ""),
    ("ss", "ss"),
    ("s", ""),
)
