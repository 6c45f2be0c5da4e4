"""Laws and regulations known by name: what they are called here, whatever number they bear."""

import hashlib
import re

from knowledge.importing.normal import without_blanks

KNOWN = {
    "海关法": "cn-law-customs",
    "出口管制法": "cn-law-export-control",
    "食品安全法": "cn-law-food-safety",
    "对外贸易法": "cn-law-foreign-trade",
    "国境卫生检疫法": "cn-law-health-quarantine",
    "进出口商品检验法": "cn-law-inspection",
    "进出境动植物检疫法": "cn-law-quarantine",
    "关税法": "cn-law-tariff",
    "增值税法": "cn-law-vat",
    "船舶吨税法": "cn-law-tonnage",
    "生物安全法": "cn-law-biosecurity",
    "行政处罚法": "cn-law-penalty",
    "行政复议法": "cn-law-reconsideration",
    "海关稽查条例": "cn-reg-audit",
    "两用物项出口管制条例": "cn-reg-dual-use",
    "货物进出口管理条例": "cn-reg-goods",
    "海关事务担保条例": "cn-reg-guarantee",
    "进出口商品检验法实施条例": "cn-reg-inspection",
    "知识产权海关保护条例": "cn-reg-ipr",
    "进出口货物原产地条例": "cn-reg-origin",
    "海关行政处罚实施条例": "cn-reg-penalty",
    "进出境动植物检疫法实施条例": "cn-reg-quarantine",
    "海关统计条例": "cn-reg-statistics",
    "进出口关税条例": "cn-reg-tariff",
    "增值税法实施条例": "cn-reg-vat",
    "国境卫生检疫法实施细则": "cn-reg-health-quarantine",
    "食品安全法实施条例": "cn-reg-food-safety",
    "保税区海关监管办法": "cn-reg-bonded-area",
    "濒危野生动植物进出口管理条例": "cn-reg-endangered-species",
    "核出口管制条例": "cn-reg-nuclear-export",
    "核两用品及相关技术出口管制条例": "cn-reg-nuclear-dual-use",
    "导弹及相关物项和技术出口管制条例": "cn-reg-missiles",
    "生物两用品及相关设备和技术出口管制条例": "cn-reg-biological-dual-use",
}
"""Ids by title, without the name of the state."""

STATE = "中华人民共和国"
VERSION = re.compile(r"[（(][^（()）]*(?:\d{4}|修正|修订|公布|通过|主席令|国务院令)[^（()）]*[)）]")


def bare(title: str) -> str:
    """Return a title without the name of the state and what names a version.

    >>> bare("中华人民共和国海关法（2021年修正）")
    '海关法'
    """
    name, version = without_blanks(title), 1
    while version:
        name, version = VERSION.subn("", name)
    return name.strip("《》").removeprefix(STATE)


def known_id(title: str) -> str:
    """Return the id of a law known by name; empty where it is not."""
    return KNOWN.get(bare(title), "")


def made_id(title: str) -> str:
    """Return an id made of the title itself: always the same for the same title."""
    name = bare(title)
    kind = "law" if name.endswith("法") else "reg" if name.endswith(("条例", "细则")) else "text"
    return f"cn-{kind}-{hashlib.sha256(name.encode()).hexdigest()[:10]}"
