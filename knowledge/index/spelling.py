"""Words nobody wrote: what else they may have been, by sound in Chinese and by letters in English.

People type by sound, so the usual slip in Chinese is another character of the same syllable. The
common characters of GB 2312 stand in the order of their syllables, so their place in it is their
sound; no table of readings is needed.
"""

import difflib
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from functools import cache, cached_property, lru_cache
from itertools import takewhile

FIRST_OF_SYLLABLE = (
    "啊埃鞍肮凹芭白斑邦苞杯奔崩逼鞭标鳖彬兵玻哺擦猜餐苍操厕层插拆搀昌超车郴撑吃充抽初揣川疮吹春戳疵聪凑粗蹿摧村磋"
    "搭呆耽当刀德蹬堤颠碉跌丁丢东兜都端堆墩掇蛾恩而发藩坊菲芬丰佛否夫噶该干冈篙哥给根耕工钩辜刮乖棺光瑰辊锅哈骸酣夯"
    "壕呵嘿痕哼轰喉呼花槐欢荒灰荤豁击嘉歼僵蕉揭巾荆炯揪鞠捐撅均喀开刊康考坷肯坑空抠枯夸块宽匡亏坤括垃莱蓝琅捞勒雷棱"
    "厘俩联粮撩列琳玲溜龙楼芦驴峦掠抡萝妈埋瞒芒猫么玫门萌眯棉苗蔑民明谬摸谋拇拿氖南囊挠呢馁嫩能妮蔫娘鸟捏您柠牛脓奴"
    "女暖虐挪哦欧啪拍攀乓抛呸喷砰坯篇飘撇拼乒坡扑期掐牵枪橇切钦青琼秋趋圈缺裙然瓤饶惹壬扔日戎揉茹软蕊闰若撒腮三桑搔"
    "瑟森僧莎筛珊墒梢奢砷声师收蔬刷摔栓霜谁吮说斯松搜嗽酸虽孙蓑塌胎坍汤掏特藤梯天挑贴厅通偷凸湍推吞拖挖歪豌汪威瘟嗡"
    "挝巫昔瞎掀相萧楔薪星兄休墟轩靴勋压焉殃邀椰一茵英哟拥幽淤鸳曰耘匝栽咱赃遭责贼怎增扎摘瞻樟招遮珍蒸芝中舟珠抓拽专"
    "桩椎谆捉兹鬃邹租钻嘴尊昨"
)
"""The first common character of each of the 396 syllables, from `a` to `zuo`."""
_STARTS = [sign.encode("gb2312") for sign in FIRST_OF_SYLLABLE]
_LAST = b"\xd7\xf9"
ALIKE = 0.8
"""How alike two English words must be to be the same word mistyped."""


@lru_cache(maxsize=8_192)
def sound(sign: str) -> int:
    """Return the number of a character's syllable; 0 where it is no common character.

    >>> sound("报") == sound("保"), sound("滞") == sound("致"), sound("报") == sound("关")
    (True, True, False)
    """
    try:
        code = sign.encode("gb2312")
    except UnicodeEncodeError:
        return 0
    return bisect_right(_STARTS, code) if _STARTS[0] <= code <= _LAST else 0


@lru_cache(maxsize=8_192)
def homophones(sign: str) -> str:
    """Return the common characters that sound like one, itself among them.

    >>> "保" in homophones("报"), homophones("a")
    (True, '')
    """
    return _by_sound().get(sound(sign), "") if sign >= "\u3400" else ""


class Spelling:
    """The words there are, for putting right the ones there are not."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        """Take the words there are, in their order, with the number of each."""
        self._vocabulary = vocabulary
        self._near: dict[str, list[tuple[str, int]]] = {}

    def meant(self, word: str) -> list[str]:
        """Return the words an unknown one may stand for, none where there is no telling."""
        if len(word) == 2 and word[0] >= "\u3400":
            return self._heard(word)
        if word.isalpha() and word.isascii() and 4 <= len(word) <= 24:
            return difflib.get_close_matches(word, self._alike(word), n=2, cutoff=ALIKE)
        return []

    def _heard(self, pair: str) -> list[str]:
        """The pairs of characters that sound like one, in their order."""
        first, second = map(homophones, pair)
        said = (one + other for one in first for other in second)
        return sorted(each for each in said if each in self._vocabulary)[:6]

    def _alike(self, word: str) -> list[str]:
        """English words of the same first letter, without those that cannot be alike enough."""
        letters, found = _letters(word), []
        for each, held in self._beginning(word[0]):
            least = ALIKE / 2 * (len(word) + len(each))
            if (
                abs(len(each) - len(word)) <= 2
                and len(word) - (letters & ~held).bit_count() >= least
                and len(each) - (held & ~letters).bit_count() >= least
            ):
                found.append(each)
        return found

    def _beginning(self, letter: str) -> list[tuple[str, int]]:
        """The English words of a first letter with the letters in each, worked out once."""
        if letter not in self._near:
            start = bisect_left(self._words, letter)
            end = bisect_left(self._words, chr(ord(letter) + 1))
            self._near[letter] = [(word, _letters(word)) for word in self._words[start:end]]
        return self._near[letter]

    @cached_property
    def _words(self) -> list[str]:
        """The English words there are; they stand before the Chinese ones."""
        before = takewhile(lambda word: word < "{", self._vocabulary)
        return [word for word in before if len(word) > 3 and word.isalpha() and word.isascii()]


def _letters(word: str) -> int:
    """Which letters a word has, a bit each."""
    held = 0
    for letter in word:
        held |= 1 << ord(letter)
    return held


@cache
def _by_sound() -> dict[int, str]:
    """The common characters by the number of their syllable."""
    found: dict[int, str] = {}
    for row in range(0xB0, 0xD8):
        for column in range(0xA1, 0xFF):
            code = bytes((row, column))
            if _STARTS[0] <= code <= _LAST:
                sign = code.decode("gb2312")
                found[sound(sign)] = found.get(sound(sign), "") + sign
    return found
