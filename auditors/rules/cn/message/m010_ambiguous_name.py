from auditors.finding import Finding
from auditors.notation import form_field, label
from auditors.place import Oddity
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-M010",
    zh="以名称代替代码时，名称只对应一个代码",
    en="A name that stands for a code belongs to one code only",
    status="logic",
    basis="declarant-house#files",
)
def ambiguous_name(ambiguous: tuple[Oddity, ...], facts: Facts) -> list[Finding]:
    """A name that several codes have is not guessed at; the field was left blank and unjudged.

    名称对应几个代码时不予猜测：该栏按未填读入，也不再审核。

    Wrong: 集装箱规格 L a model of four codes.
    Right: 集装箱规格 11.
    Limits: knows the names and common words of the code tables only.
    局限：只认得代码表中的名称和常用说法。
    """
    return [_ambiguous(odd, facts) for odd in ambiguous]


def _ambiguous(odd: Oddity, facts: Facts) -> Finding:
    name = label(odd.place, facts.library.fields)
    field = form_field(odd.place, facts.library.fields)
    codes = odd.read_as.split(",")
    listed = [facts.name(field.table, code) for code in codes] if field else codes
    return Finding(
        odd.place,
        Text(
            f"{name.zh}“{odd.found}”对应 {len(codes)} 个代码",
            f'{name.en} "{odd.found}" is the name of {len(codes)} codes',
        ),
        Text(f"从中选定：{'、'.join(listed)}", f"Choose one: {', '.join(listed)}"),
    )
