"""JSON lines: one text a line, with what is known of it beside the text."""

import json
from typing import Any

from knowledge.importing.decoding import decode
from knowledge.importing.normal import lines_of, normal
from knowledge.importing.raw import MAX_TEXTS, RawText, Reading, Refused, refuse_crowds
from knowledge.text import Text

KEYS = ("kind", "category", "number", "issuer", "published", "effective", "status", "note")
"""What a line may tell of its text, beside `text` and `title`."""
MEND = Text("改正这一行后重新导入", "Mend the line and import the file again")


def read_jsonl(content: bytes, file: str) -> Reading:
    """Return the texts of a file, and the lines that are none.

    Raises:
        Refused: the encoding is not read, or there are more lines than are read.
    """
    lines = decode(content, file).split("\n")
    filled = [(n, line) for n, line in enumerate(lines, start=1) if line.strip()]
    if len(filled) > MAX_TEXTS:
        says = Text(f"文件有 {len(filled)} 行，超过上限 {MAX_TEXTS}", f"The file has {len(filled)} lines, more than {MAX_TEXTS}")  # fmt: skip
        raise Refused(file, says, Text("分拆后再导入", "Split it"))
    texts: list[RawText] = []
    refused: list[Refused] = []
    for number, line in filled:
        try:
            texts.append(_text(line, file, Text(f"第 {number} 行", f"line {number}")))
        except Refused as fault:
            refused.append(fault)
    return Reading(tuple(texts), tuple(refused))


def _text(line: str, file: str, where: Text) -> RawText:
    record = _record(line, file, where)
    paragraphs = tuple(lines_of(_word(record.get("text"))))
    refuse_crowds(len(paragraphs), file)
    if not paragraphs:
        says = Text("这一行没有 text", "The line has no text")
        raise Refused(file, says, MEND, where)
    meta = {key: word for key in KEYS if (word := _word(record.get(key)))}
    title = _word(record.get("title"))
    return RawText(paragraphs, title, meta=meta, where=where)


def _record(line: str, file: str, where: Text) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as fault:
        reason = getattr(fault, "msg", type(fault).__name__)
        says = Text(f"这一行不是 JSON（{reason}）", f"The line is no JSON ({reason})")
        raise Refused(file, says, MEND, where) from None
    if not isinstance(record, dict):
        says = Text("这一行不是 JSON 对象", "The line is no JSON object")
        raise Refused(file, says, MEND, where)
    return record


def _word(value: Any) -> str:
    return normal(str(value)).strip() if isinstance(value, str | int) else ""
