"""Faults of our own files, told so that they can be mended."""

from pathlib import Path


class PackError(Exception):
    """A file of a pack cannot be used: names the file, the fault and the remedy."""

    def __init__(self, file: Path | str, fault: str, remedy: str) -> None:
        super().__init__(f"{file}: {fault}. {remedy}.")
        self.file = str(file)
        self.fault = fault
        self.remedy = remedy


class CannotJudge(Exception):
    """Something needed for a judgement is missing; carries the reason in both languages.

    A check may raise it instead of guessing. The rule is then listed as skipped.
    """

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en
