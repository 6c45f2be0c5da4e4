from auditors.finding import Finding
from auditors.place import Oddity
from auditors.rule import rule
from knowledge.text import Text


@rule(
    "CN-M011",
    zh="单元格宜为数值，公式只取其存储的结果",
    en="Cells hold values; of a formula only its stored result is read",
    severity="info",
    status="logic",
    basis="declarant-house#files",
)
def formulas_read(formulas: tuple[Oddity, ...]) -> Finding:
    """A workbook keeps with each formula the result it had when it was saved; that was audited.

    工作簿把公式的结果与公式一并保存；审核的是保存时的结果，之后若未重新计算，可能已不是现值。

    Wrong: 净重单元格为 =SUM(H2:H9) a formula in the cell.
    Right: 净重单元格为 1180 the figure itself.
    Limits: does not work formulas out, and cannot tell a stale result from a fresh one.
    局限：不计算公式，也看不出结果是否过时。
    """
    first = formulas[0]
    return Finding(
        first.place,
        Text(
            f"{len(formulas)} 个单元格是公式，按存储的结果读入",
            f"{len(formulas)} cells hold formulas; their stored results were read",
        ),
        Text("重新计算并保存后再审核，或改为数值", "Recalculate and save, or enter the values"),
        also=tuple(odd.place for odd in formulas[1:]),
    )
