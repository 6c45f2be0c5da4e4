"""Places given out in order: what is missing, stands twice or goes backwards is reported."""

from collections import Counter

from knowledge.importing.choosing import follows
from knowledge.importing.marks import Mark
from knowledge.text import Text

MOST_TOLD = 20
"""Most troubles of one region that are told one by one."""


class Places:
    """Gives each heading and article of a region a place of its own, among all of the text."""

    def __init__(self, prefix: str, seen: "Counter[str]") -> None:
        self._prefix = prefix
        self._seen = seen
        self._block = ""
        self._part = ""
        self._last: tuple[int, int] | None = None
        self._restarts = 1
        self._troubles: list[Text] = []
        self._untold = 0

    def heading(self, mark: Mark) -> str:
        """Return the place of a heading; a 部分 numbers its items by itself."""
        if mark.rank == 0:
            self._part = f"part-{mark.place}/"
            self._last = None
            return self.apart(f"{self._prefix}{self._part.rstrip('/')}")
        return self.apart(f"{self._prefix}{self._block}{self._part}{mark.label.replace(' ', '')}")

    def article(self, mark: Mark, text: str) -> str:
        """Return the place of an article, and note what is strange about its number."""
        restarted = mark.number == (1, 0) and self._last is not None and self._last > (1, 0)
        if restarted:
            self._restarts += 1
            self._block = f"text-{self._restarts}/"
        if restarted or not follows(mark.number, self._last or (0, 0)):
            self._tell(mark, text, restarted=restarted)
        self._last = mark.number if restarted else max(mark.number, self._last or (0, 0))
        return self.apart(f"{self._prefix}{self._block}{self._part}{mark.place}")

    def apart(self, place: str) -> str:
        """Return a place; the second time as `24@2`."""
        self._seen[place] += 1
        return place if self._seen[place] == 1 else f"{place}@{self._seen[place]}"

    def troubles(self) -> list[Text]:
        """Return what was strange, the first of it one by one."""
        if not self._untold:
            return self._troubles
        more = Text(f"另有 {self._untold} 处编号异常", f"{self._untold} more numbers are strange")
        return [*self._troubles, more]

    def _tell(self, mark: Mark, text: str, *, restarted: bool) -> None:
        if len(self._troubles) == MOST_TOLD:
            self._untold += 1
            return
        line = text.count("\n", 0, mark.start) + 1
        last = self._last or (0, 0)
        if restarted:
            told = _restarted(line)
        elif mark.number == last:
            told = Text(
                f"编号 {mark.label} 重复（第 {line} 段）",
                f"{mark.label} stands twice (paragraph {line})",
            )
        elif mark.number > last:
            told = _missing(last, mark, line)
        else:
            told = Text(
                f"编号 {mark.label} 乱序（第 {line} 段）",
                f"{mark.label} is out of order (paragraph {line})",
            )
        self._troubles.append(told)


def _missing(last: tuple[int, int], mark: Mark, line: int) -> Text:
    first, until = last[0] + 1, mark.number[0] - 1
    if mark.number[1]:
        gap = (
            f"{mark.number[0]}-{mark.number[1] - 1}" if mark.number[1] > 1 else str(mark.number[0])
        )
    else:
        gap = str(first) if first == until else f"{first}–{until}"
    return Text(
        f"缺少编号 {gap}（在第 {line} 段 {mark.label} 之前）",
        f"Number {gap} is missing (before {mark.label}, paragraph {line})",
    )


def _restarted(line: int) -> Text:
    return Text(
        f"编号从第 {line} 段起重新开始，按另一份文本标识",
        f"The numbers start anew from paragraph {line} on; they were told apart as another text",
    )
