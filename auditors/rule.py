"""A rule (审核规则): one check with its code, title, severity, basis and days in force."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple, get_args

from auditors.finding import Said, Severity
from knowledge.citation import Citation
from knowledge.span import Span
from knowledge.text import Text

Weight = Literal["error", "error*", "warning", "info"]
Status = Literal["law", "broker", "calc", "logic", "unverified", "disputed"]
Profile = Literal["default", "strict"]

FAMILIES: Mapping[str, Text] = {
    "F": Text("格式与完整性", "Format and completeness"),
    "C": Text("代码有效性", "Code validity"),
    "M": Text("报文与文件", "Message and file"),
    "X": Text("监管方式逻辑", "Logic by customs procedure"),
    "T": Text("成交方式与运保费", "Terms, freight, insurance"),
    "W": Text("重量数量单位", "Weights, quantities, units"),
    "D": Text("日期与时限", "Dates and deadlines"),
    "P": Text("企业", "Parties"),
    "K": Text("集装箱", "Containers"),
    "R": Text("运输工具", "Transport identifiers"),
    "V": Text("价格", "Price and valuation"),
}

STATUSES: Mapping[str, Text] = {
    "law": Text("已读法规原文或官方摘要", "the text of the law, or an official digest, was read"),
    "broker": Text(
        "见于实际使用的报关软件、接口或参数文件，非法规条文",
        "read in working broker software, an interface or a parameter file, not in law",
    ),
    "calc": Text("算法自行计算并交叉核对", "an algorithm, computed and cross-checked"),
    "logic": Text("数据自身一致性", "plain consistency of the data"),
    "unverified": Text("一般知识，条文待核", "general knowledge; the text is still to be read"),
    "disputed": Text("来源说法不一，仅供参考", "sources disagree; for information only"),
}


Check = Callable[..., Said]


class Rule(NamedTuple):
    """One check, or one kind of check that the field tables ask for."""

    code: str
    title: Text
    severity: Weight
    """`error*` is an error whose legal text has not been read: a warning unless strict."""
    status: Status
    basis: tuple[Citation, ...]
    over: str
    """The block it looks at; its check is called once for each part of it."""
    only: Mapping[str, tuple[str, ...] | bool]
    """Fields that must hold one of these codes for the rule to apply."""
    span: Span
    page: str
    """Why, Wrong, Right, Limits: the text of its page."""
    module: str
    check: Check | None
    """None for the rules that the field tables apply."""
    asks: Mapping[str, bool]
    """Names its check asks for, and whether each takes None."""

    @property
    def family(self) -> str:
        """The letter of its family."""
        return self.code.partition("-")[2][:1]

    def weighs(self, profile: Profile) -> Severity:
        """Return its severity in a profile."""
        if self.severity == "error*":
            return "error" if profile == "strict" else "warning"
        return self.severity


ALWAYS = Span()


def rule(
    code: str,
    *,
    zh: str,
    en: str,
    basis: str,
    severity: Weight = "error",
    status: Status = "broker",
    over: str = "header",
    only: Mapping[str, str | bool] | None = None,
    span: Span = ALWAYS,
) -> Callable[[Check], Rule]:
    """Make a rule of the check below it.

    Args:
        code: its address, `CN-W001`.
        zh: what must hold, in Chinese.
        en: the same in English.
        basis: citations parted by blanks.
        severity: what a finding weighs.
        status: how well its basis is known.
        over: the block it looks at.
        only: codes, parted by blanks, that fields must hold; True or False for `crossing`.
        span: days on which it is law.
    """

    def mark(check: Check) -> Rule:
        return Rule(
            code=code,
            title=Text(zh, en),
            severity=severity,
            status=status,
            basis=Citation.parse_all(basis),
            over=over,
            only={name: _codes(held) for name, held in (only or {}).items()},
            span=span,
            page=inspect.getdoc(check) or "",
            module=check.__module__,
            check=check,
            asks=_asks(check),
        )

    return mark


def _codes(held: str | bool) -> tuple[str, ...] | bool:
    return held if isinstance(held, bool) else tuple(held.split())


def _asks(check: Check) -> dict[str, bool]:
    parameters = inspect.signature(check).parameters.values()
    return {each.name: _takes_none(each.annotation) for each in parameters}


def _takes_none(annotation: Any) -> bool:
    return type(None) in get_args(annotation)
