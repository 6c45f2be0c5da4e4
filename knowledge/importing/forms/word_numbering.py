"""Numbers that Word writes by itself: 第一条, （一）, 1.1 before a paragraph that does not hold them."""

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from knowledge.numerals import numeral

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPOKEN = {
    "chineseCounting",
    "chineseCountingThousand",
    "chineseLegalSimplified",
    "ideographDigital",
    "japaneseCounting",
    "taiwaneseCountingThousand",
}
SILENT = {"bullet", "none"}
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"))
ROMAN_LOW = ((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class Level(NamedTuple):
    """How one level of a list is numbered."""

    style: str
    pattern: str
    start: int


class Numbering:
    """Counts the numbered paragraphs of a document as they go by."""

    def __init__(self, numbering: "_Element | None", styles: "_Element | None") -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, str] = {}
        self._styles: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if numbering is not None:
            self._read_lists(numbering)
        if styles is not None:
            self._read_styles(styles)

    def label(self, paragraph: "_Element") -> str:
        """Return what Word shows before a paragraph; empty where it shows nothing."""
        shown = self._list_of(paragraph)
        levels = self._levels.get(self._lists.get(shown[0], "")) if shown else None
        if not shown or not levels or shown[1] not in levels:
            return ""
        counts = self._counted(self._lists[shown[0]], shown[1], levels)
        if levels[shown[1]].style in SILENT:
            return ""
        label = levels[shown[1]].pattern
        for level, count in counts.items():
            label = label.replace(f"%{level + 1}", _written(count, levels[level].style))
        return label.strip()

    def _counted(self, name: str, level: int, levels: dict[int, Level]) -> dict[int, int]:
        counts = self._counts[name]
        for above in range(level):
            if above in levels:
                counts.setdefault(above, levels[above].start)
        counts[level] = counts[level] + 1 if level in counts else levels[level].start
        for below in [each for each in counts if each > level]:
            del counts[below]
        return counts

    def _list_of(self, paragraph: "_Element") -> tuple[str, int] | None:
        found = paragraph.find(f"{W}pPr/{W}numPr")
        style = _value(paragraph, f"{W}pPr/{W}pStyle")
        inherited = self._styles.get(style)
        if found is None:
            return inherited
        name = _value(found, f"{W}numId") or (inherited[0] if inherited else "")
        level = _value(found, f"{W}ilvl") or (str(inherited[1]) if inherited else "0")
        return (name, int(level)) if name != "0" else None

    def _read_lists(self, numbering: "_Element") -> None:
        for abstract in numbering.iterfind(f"{W}abstractNum"):
            levels = {
                int(lvl.get(f"{W}ilvl", "0")): _level(lvl) for lvl in abstract.iterfind(f"{W}lvl")
            }
            self._levels[abstract.get(f"{W}abstractNumId", "")] = levels
        for number in numbering.iterfind(f"{W}num"):
            name, abstract_id = number.get(f"{W}numId", ""), _value(number, f"{W}abstractNumId")
            starts = {
                int(change.get(f"{W}ilvl", "0")): int(start)
                for change in number.iterfind(f"{W}lvlOverride")
                if (start := _value(change, f"{W}startOverride"))
            }
            if starts:  # it counts by itself, apart from the list it is made of
                levels = self._levels.get(abstract_id, {})
                abstract_id = f"{abstract_id}/{name}"
                self._levels[abstract_id] = {
                    n: level._replace(start=starts.get(n, level.start))
                    for n, level in levels.items()
                }
            self._lists[name] = abstract_id

    def _read_styles(self, styles: "_Element") -> None:
        for style in styles.iterfind(f"{W}style"):
            name = _value(style, f"{W}pPr/{W}numPr/{W}numId")
            if name and name != "0":
                level = _value(style, f"{W}pPr/{W}numPr/{W}ilvl") or "0"
                self._styles[style.get(f"{W}styleId", "")] = (name, int(level))


def _level(lvl: "_Element") -> Level:
    return Level(
        _value(lvl, f"{W}numFmt") or "decimal",
        _value(lvl, f"{W}lvlText"),
        int(_value(lvl, f"{W}start") or "1"),
    )


def _value(element: "_Element", path: str) -> str:
    found = element.find(path)
    return found.get(f"{W}val", "") if found is not None else ""


def _written(count: int, style: str) -> str:
    if style in SPOKEN:
        return numeral(count)
    if style.endswith("Letter"):
        letter = chr(ord("a") + (count - 1) % 26)
        return letter.upper() if style.startswith("upper") else letter
    if style.endswith("Roman"):
        return _roman(count).upper() if style.startswith("upper") else _roman(count)
    return str(count)


def _roman(count: int) -> str:
    said = ""
    for value, sign in (*ROMAN, *ROMAN_LOW):
        times, count = divmod(count, value)
        said += sign * times
    return said
