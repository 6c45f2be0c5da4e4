from auditors.finding import Finding, suggested
from auditors.rule import rule
from knowledge.text import Text


@rule(
    "CN-M005",
    zh="文件须用 UTF-8 编码",
    en="A file is encoded in UTF-8",
    status="logic",
    basis="cn-sw-decmessage#encoding",
)
def other_encoding(encoding: str) -> Finding:
    """In another encoding Chinese names arrive as other signs, or the message is not read at all.

    用其他编码时，中文可能变成乱码，或报文无法读取。

    Wrong: GBK 编码的报文 a message in GBK.
    Right: UTF-8 编码的报文 a message in UTF-8.
    Limits: text in another encoding was read as GB18030, or as the file says; signs may be wrong.
        A byte order mark is passed over.
    局限：非 UTF-8 的内容按 GB18030 或文件声明的编码读取，可能有误；不提示字节顺序标记。
    """
    return Finding(
        "encoding",
        Text(f"文件编码为 {encoding}，不是 UTF-8", f"The file is encoded in {encoding}, not UTF-8"),
        Text("另存为 UTF-8 后核对中文内容", "Save it as UTF-8, then check the Chinese text"),
        expected="UTF-8",
        fixes=(suggested("encoding", None),),
    )
