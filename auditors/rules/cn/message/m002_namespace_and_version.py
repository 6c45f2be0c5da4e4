from auditors.finding import Finding, safe
from auditors.interface import NAMESPACE, VERSION
from auditors.rule import rule
from knowledge.text import Text


@rule(
    "CN-M002",
    zh="报文命名空间和版本须与接口一致",
    en="Namespace and version of the message are those of the interface",
    severity="warning",
    basis="cn-sw-decmessage#DecMessage cn-gacc-2018-67#general",
    only={"form": "xml"},
)
def namespace_and_version(namespace: str | None, version: str | None) -> list[Finding]:
    """The Single Window takes version 4 of the message in its own namespace; others may be refused.

    单一窗口接收命名空间为 http://www.chinaport.gov.cn/dec、版本为 4 的报文，其他的可能不被接收。

    Wrong: Version="3.1".
    Right: Version="4" xmlns="http://www.chinaport.gov.cn/dec".
    Limits: the elements are read whatever the namespace says; a message written by this program
        always has both right.
    局限：命名空间不符时仍按元素名读取；本软件写出的报文两者均正确。
    """
    stood = (
        ("namespace", Text("命名空间", "The namespace"), namespace, NAMESPACE),
        ("version", Text("版本", "The version"), version, VERSION),
    )
    return [
        Finding(
            where,
            Text(
                f"报文{name.zh}{f'为“{found}”' if found else '缺失'}，应为 {wanted}",
                f"{name.en} of the message is {found if found else 'missing'}, not {wanted}",
            ),
            Text(f"改为 {wanted}", f"Write {wanted}"),
            expected=wanted,
            fixes=(safe(where, wanted),),
        )
        for where, name, found, wanted in stood
        if found != wanted
    ]
