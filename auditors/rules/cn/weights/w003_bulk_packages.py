from auditors.finding import Finding, suggested
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-W003",
    zh="散装、裸装货物的件数填 1",
    en="Bulk and unpacked goods count as one package",
    basis="cn-gacc-2019-18#24 cn-broker-practice#weights",
)
def bulk_packages(pack_no: int, wrap_type: str, facts: Facts) -> Finding | None:
    """Goods without packages have none to count; the specification puts 1 in their place.

    没有包装就没有件数可数，填制规范要求填 1。

    Wrong: 包装种类 00 散装, 件数 25.
    Right: 包装种类 00 散装, 件数 1.
    Limits: takes the kind of packages as right; 25 bags entered as bulk are put right by the kind.
    局限：以包装种类为准；25 袋误填散装的，应改包装种类。
    """
    if pack_no == 1:
        return None
    package = facts.row("packaging", wrap_type)
    if package is None or package.more["is_bulk_or_nude"] != "1":
        return None
    return Finding(
        "pack_no",
        Text(
            f"包装种类为 {wrap_type} {package.name.zh}，件数却填 {pack_no}",
            f"The kind of packages is {wrap_type} {package.name.en}, yet there are {pack_no}",
        ),
        Text("件数改填 1；确有包装的改包装种类", "Enter 1, or the true kind of packages"),
        also=("wrap_type",),
        expected="1",
        fixes=(suggested("pack_no", 1),),
    )
