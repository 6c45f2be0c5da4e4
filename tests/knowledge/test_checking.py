"""The check of a pack finds each kind of fault, and none where there is none."""

from datetime import date
from pathlib import Path

import pytest

from auditors.catalogue import catalogue
from knowledge.checking import check
from knowledge.library import Library, shipped
from tests.knowledge.small_pack import FILES, small_pack

DAY = date(2026, 11, 21)
RULES = {"CN-D005"}


def test_the_shipped_pack_holds_together() -> None:
    """No faults, entries long unconfirmed aside."""
    faults = check(shipped(), catalogue(), DAY)
    assert not [str(fault) for fault in faults if fault.kind != "stale"]


def test_a_sound_pack_has_no_faults(tmp_path: Path) -> None:
    """The small pack is sound."""
    assert check(Library(small_pack(tmp_path)), RULES, DAY) == []


@pytest.mark.parametrize(
    ("kind", "change", "where"),
    [
        ("citation", {"cn_late": ("cites: [cn-law#24]", "cites: [cn-law#25]")}, "problems/cn-late"),
        ("citation", {"cn_late": ("申报。[cn-law#24]", "申报。[cn-lew#24]")}, "problems/cn-late"),
        ("citation", {"deadlines": ("cn-law#24", "cn-law#9")}, "parameters/cn.term.days"),
        ("citation", {"kind": ("cn-law#24", "nothing")}, "codes/kind"),
        ("citation", {"header": ("cn-law#24", "cn-law#1")}, "fields/header.net_weight"),
        ("rule", {"cn_late": ("CN-D005", "CN-D999")}, "problems/cn-late"),
        ("figure", {"cn_late": ("14日内", "15日内")}, "problems/cn-late"),
        ("figure", {"cn_late": ("within 14 days", "within 10 days")}, "problems/cn-late"),
        ("figure", {"cn_law": ("14日内", "7日内")}, "sources/cn-law#24"),
        ("language", {"cn_law": ("en: Imports are", "xx: Imports are")}, "sources/cn-law#24"),
        ("language", {"cn_late": ("## en", "## fr")}, "problems/cn-late"),
        ("language", {"services": ("缴费", "")}, "services/pay"),
        ("dead id", {"cn_law": ("[cn-old-law]", "[cn-older-law]")}, "sources/cn-law"),
        ("dead id", {"cn_old_law": ("[cn-law]", "[cn-lew]")}, "sources/cn-old-law"),
        ("reviewer", {"cn_late": ("{by: another", "{by: one")}, "problems/cn-late"),
        ("stale", {"cn_law": ("confirmed: 2026", "confirmed: 2024")}, "sources/cn-law"),
        ("unreadable", {"cn_late": ("status: verified\n", "")}, "cn-late.md"),
        (
            "overlap",
            {
                "deadlines": (
                    '    - {since: 2024-01-01, value: "14", source: "cn-law#24"}',
                    '    - {since: 2024-01-01, value: "14", source: "cn-law#24"}\n'
                    '    - {since: 2025-01-01, value: "14", source: "cn-law#24"}',
                )
            },
            "parameters/cn.term.days",
        ),
        (
            "overlap",
            {"kind": ("A,甲", "A,甲,Kind A,verified,,2024-01-01\nA,甲")},
            "codes/kind#A",
        ),
        (
            "synonym",
            {"glossary": ("滞报金,late", "滞纳金,surcharge,滞报费,term,,\n滞报金,late")},
            "glossary",
        ),
    ],
)
def test_a_fault_is_found(
    tmp_path: Path, kind: str, change: dict[str, tuple[str, str]], where: str
) -> None:
    """Each kind of fault is found where it stands, and nothing else is."""
    faults = check(Library(small_pack(tmp_path, **change)), RULES, DAY)
    assert {fault.kind for fault in faults} == {kind}, faults
    assert any(where in fault.where for fault in faults)
    assert all(fault.said and fault.remedy for fault in faults)


@pytest.mark.parametrize(
    ("change"),
    [
        pytest.param({"cn_late": ("14日内申报", "14日内申报,超过3个月变卖")}, id="another figure"),
        pytest.param({"cn_law": ("confirmed: 2026-11-21", "confirmed: 2025-11-21")}, id="a year"),
        pytest.param({"kind": ("A,甲", "A,甲,Kind A,verified,,2023-12-31\nA,甲")}, id="in turn"),
    ],
)
def test_what_is_no_fault_is_left_alone(tmp_path: Path, change: dict[str, tuple[str, str]]) -> None:
    """Figures of other units, a confirmation of just a year ago, values that follow each other."""
    assert check(Library(small_pack(tmp_path, **change)), RULES, DAY) == []


def test_a_fault_says_what_to_do(tmp_path: Path) -> None:
    """Its wording names the place, the fault and the remedy."""
    assert "problems/cn-late.md" in FILES
    library = Library(small_pack(tmp_path, cn_late=("CN-D005", "CN-D999")))
    (fault,) = check(library, RULES, DAY)
    assert str(fault) == "problems/cn-late: names CN-D999, which is no rule. See `declarant rules`."
