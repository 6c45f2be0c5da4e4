"""Words nobody wrote: what else they may have been, by sound in Chinese and by letters in English.

People type by sound, so the usual slip in Chinese is another character of the same syllable. The
common characters of GB 2312 stand in the order of their syllables, so their place in it is their
sound; no table of readings is needed.
"""

import difflib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

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


class Spelling:
    """The words there are, for putting right the ones there are not."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        pairs: dict[tuple[int, int], list[str]] = defaultdict(list)
        words: dict[str, list[str]] = defaultdict(list)
        for word in vocabulary:
            if len(word) == 2 and word[0] >= "\u3400":
                pairs[sound(word[0]), sound(word[1])].append(word)
            elif word.isalpha() and word.isascii() and len(word) > 3:
                words[word[0]].append(word)
        self._pairs: Mapping[tuple[int, int], list[str]] = pairs
        self._words: Mapping[str, list[str]] = words

    def meant(self, word: str) -> list[str]:
        """Return the words an unknown one may stand for, none where there is no telling."""
        if len(word) == 2 and word[0] >= "\u3400":
            heard = sound(word[0]), sound(word[1])
            return self._pairs.get(heard, [])[:6] if all(heard) else []
        if word.isalpha() and word.isascii() and 4 <= len(word) <= 24:
            near = [each for each in self._words[word[0]] if abs(len(each) - len(word)) <= 2]
            return difflib.get_close_matches(word, near, n=2, cutoff=ALIKE)
        return []
