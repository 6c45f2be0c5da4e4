from auditors.finding import Finding, safe
from auditors.notation import label
from auditors.place import Oddity
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-M006",
    zh="代码按文本保存，前导零不得丢失",
    en="Codes are kept as text, with their leading zeros",
    status="logic",
    basis="declarant-house#files cn-broker-practice#formats",
)
def zeros_lost(lost_zeros: tuple[Oddity, ...], facts: Facts) -> list[Finding]:
    """A code kept as a number loses its zeros: 0110 becomes 110. It was read with them again.

    代码单元格为数值格式时前导零会丢失，0110 变成 110；审核时已补零读入。

    Wrong: 监管方式单元格为数值 110 a number in the cell.
    Right: 监管方式单元格为文本 0110 a text in the cell.
    Limits: zeros are put back only where the field has a fixed width and the code is then in its
        table; a commodity code only where nine digits stand in a cell for numbers.
    局限：只在栏目定长且补零后代码在代码表内时补零；商品编号只在数值单元格为9位时补零。
    """
    return [
        Finding(
            odd.place,
            Text(
                f"{label(odd.place, facts.library.fields).zh}“{odd.found}”丢失前导零，"
                f"已按 {odd.read_as} 读入",
                f'{label(odd.place, facts.library.fields).en} "{odd.found}" lost its zeros '
                f"and was read as {odd.read_as}",
            ),
            Text(f"改为文本 {odd.read_as}", f"Write it as the text {odd.read_as}"),
            expected=odd.read_as,
            fixes=(safe(odd.place, odd.read_as),),
        )
        for odd in lost_zeros
    ]
