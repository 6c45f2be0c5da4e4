from auditors.finding import Finding
from auditors.notation import label
from auditors.place import Oddity
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-C020",
    zh="同一单元格内的代码与名称须一致",
    en="A code and the name beside it in one cell mean the same",
    severity="warning",
    status="logic",
    basis="declarant-house#files",
)
def code_against_name(disagreeing: tuple[Oddity, ...], facts: Facts) -> list[Finding]:
    """Where a cell holds a code with its name, one of the two may be a slip; the code was read.

    单元格写成“代码-名称”而两者所指不同，其中必有一误；审核时按代码读入。

    Wrong: 0110-来料加工 code of one procedure, name of another.
    Right: 0110-一般贸易.
    Limits: compares only names that the code tables have, in full.
    局限：只比较代码表中有的完整名称。
    """
    return [
        Finding(
            odd.place,
            Text(
                f"{label(odd.place, facts.library.fields).zh}“{odd.found}”"
                f"代码与名称不一致，按名称应为 {odd.read_as}",
                f"{label(odd.place, facts.library.fields).en}: code and name disagree in "
                f'"{odd.found}"; the name has {odd.read_as}',
            ),
            Text("核对后只留正确的代码", "Check, and keep the right code alone"),
        )
        for odd in disagreeing
    ]
