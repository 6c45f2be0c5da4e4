"""Files of every form, sound and spoilt."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from knowledge.importing.raw import MAX_BYTES, RawText, Refused
from knowledge.importing.reading import read_content, read_file
from tests.knowledge.importing.papers import W, docx, law, paragraph, pdf, table, zipped

LAW = law()
LINES = tuple(line.replace("  ", " ") for line in LAW.split("\n"))


def read(content: bytes | str, name: str = "law.txt") -> RawText:
    """Return the one text in a content."""
    encoded = content.encode() if isinstance(content, str) else content
    (text,) = read_content(encoded, name).texts
    return text


def refusal(content: bytes | str, name: str) -> Refused:
    """Return what is said of a content that is refused."""
    with pytest.raises(Refused) as caught:
        read(content, name)
    told = caught.value.told()
    assert name in told.zh
    assert name in told.en
    assert any("\u4e00" <= sign <= "\u9fff" for sign in caught.value.do.zh)
    assert caught.value.do.en
    return caught.value


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_plain_text_is_read_in_every_encoding(encoding: str) -> None:
    """A marked or unmarked encoding gives the same lines."""
    assert read(LAW.encode(encoding)).paragraphs == LINES


def test_figures_and_blanks_are_made_plain() -> None:
    """Full-width digits, blanks, unseen characters and look-alikes of ideographs become plain."""
    strange = "第１２条\u3000重量\xa0２\u200b千克\x00以上\r\n第⼆⼗条\tA"
    assert read(strange.encode("utf-8")).paragraphs == ("第12条 重量 2千克以上", "第二十条 A")


def test_nul_characters_do_not_spoil_a_text() -> None:
    """A text with NUL bytes is read as what it is."""
    assert read(LAW.replace("梧桐", "梧\0桐")).paragraphs == LINES


def test_lines_broken_at_one_width_become_paragraphs() -> None:
    """A text broken at the width of a page is put together; a number in mid-sentence begins nothing."""
    sentence = (
        "收货人应当在十四日内办理手续，逾期的依照本法规定处理，情节轻微的可以不予处罚但是应当改正，"
    )
    words = sentence * 9 + "并依照本法第三条的规定缴纳。"
    text = f"第一条 {words}\n第二条 {words}\n第三条 {words}"
    broken = "\n".join(
        line[at : at + 35] for line in text.split("\n") for at in range(0, len(line), 35)
    )
    assert read(broken).paragraphs == tuple(text.split("\n"))


def test_short_lines_stay_apart() -> None:
    """Lines of different length are paragraphs of their own."""
    assert read("目录\n甲\n乙\n丙丁").paragraphs == ("目录", "甲", "乙", "丙丁")


def test_markdown_is_read_without_its_marks() -> None:
    """Headings, comments, bold, links, escapes and rules go; tables become rows; a head tells."""
    text = read(
        "---\nnumber: 海关总署令第9号\n---\n\n# **某某办法**\n<!-- 说明 -->\n## 第一章 总则\n\n"
        "**第一条** 见[附件](a.doc)，重量 5\\.5 &lt; 6。\n\n---\n\n| 项 | 数 |\n|---|:-:|\n| 甲 | 1 |\n",
        "a.md",
    )
    assert text.title == "某某办法"
    assert text.meta == {"number": "海关总署令第9号"}
    assert text.paragraphs == ("第一章 总则", "第一条 见附件，重量 5.5 < 6。", "项 | 数", "甲 | 1")
    assert text.tables == ((("项", "数"), ("甲", "1")),)


def test_a_page_is_read_as_people_see_it() -> None:
    """Scripts, styles, navigation and hidden text go; tables become rows; entries keep numbers."""
    page = """<!DOCTYPE html><html><head><meta charset="gb2312"><title>某某办法_某某网</title>
      <meta name="PubDate" content="2024-01-05"><style>p{color:red}</style></head><body>
      <nav>首页 第九十九条</nav><script>var a = "第一条";</script><form><h1>某某办法</h1>
      <p>第一条 货物<b>重量</b>不得<br>虚报。</p><div style="display: none">第二条 隐藏</div>
      <table><tr><th>代码</th><th>名称</th></tr><tr><td><p>1</p></td><td>甲 <i>乙</i></td></tr></table>
      <table><tr><td><p>第二条 版面表格</p></td></tr></table>
      <ol><li>甲；</li><li>乙。</li></ol><!-- 注 --></form></body></html>"""
    text = read(page.encode("gb18030"), "a.html")
    assert text.title == "某某办法"
    assert text.meta == {"published": "2024-01-05"}
    assert text.tables == ((("代码", "名称"), ("1", "甲 乙")),)
    assert text.paragraphs == (
        "某某办法", "第一条 货物重量不得", "虚报。", "代码 | 名称", "1 | 甲 乙",
        "第二条 版面表格", "1. 甲；", "2. 乙。",
    )  # fmt: skip


@pytest.mark.parametrize(
    "page",
    ["<html><script>第一条</script></html>", "<html><body>" + "<div>" * 5000 + "甲", "<html>"],
    ids=["nothing but a script", "nested without end", "an empty page"],
)
def test_a_page_without_text_is_refused(page: str) -> None:
    """A page with nothing to read says so and nothing worse."""
    refusal(page, "a.html")


def test_a_page_in_a_foreign_encoding_is_refused() -> None:
    """The encoding is named."""
    assert "big5" in refusal('<html><meta charset="Big5"><p>甲</p></html>', "a.htm").says.en


NUMBERING = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="0">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="japaneseCounting"/><w:lvlText w:val="第%1条"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="（%2）"/></w:lvl>
  <w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/></w:lvl></w:abstractNum>
  <w:abstractNum w:abstractNumId="1">
  <w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum>
  <w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>
  <w:num w:numId="6"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride></w:num>
  </w:numbering>"""
STYLES = f"""<w:styles {W}><w:style w:styleId="Tiao"><w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style></w:styles>"""


def numbered(level: int, number: int) -> str:
    """Return the properties of a paragraph that Word numbers."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def test_word_shows_the_numbers_it_adds() -> None:
    """Numbers of lists and styles stand in the text as on paper, each level counting by itself."""
    body = "".join(
        [
            paragraph("某某办法", '<w:pStyle w:val="Title"/>'),
            paragraph("甲有下列情形：", '<w:pStyle w:val="Tiao"/>'),
            paragraph("子；", numbered(1, 5)),
            paragraph("丑。", numbered(1, 5)),
            paragraph("圆点", numbered(2, 5)),
            paragraph("乙：", '<w:pStyle w:val="Tiao"/>'),
            paragraph("寅。", numbered(1, 5)),
            paragraph("丙", numbered(0, 6)),
            paragraph("丁", numbered(1, 6)),
            paragraph("没有编号", numbered(0, 0)),
        ]
    )
    text = read(docx(body, numbering=NUMBERING, styles=STYLES), "a.docx")
    assert text.title == "某某办法"
    assert text.paragraphs == (
        "某某办法", "第一条 甲有下列情形：", "（一） 子；", "（二） 丑。", "圆点", "第二条 乙：",
        "（一） 寅。", "3. 丙", "3.i) 丁", "没有编号",
    )  # fmt: skip


def test_word_keeps_the_order_of_paragraphs_and_tables() -> None:
    """Tables stand where they stand; deleted words, doubles and field codes do not."""
    double = (
        '<w:p><w:r><mc:AlternateContent xmlns:mc="m"><mc:Choice><w:txbxContent>'
        f"{paragraph('文本框')}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>"
        f"{paragraph('文本框')}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    changed = (
        "<w:p><w:r><w:t>第二条</w:t></w:r><w:r><w:tab/><w:t>留</w:t></w:r><w:del><w:r><w:delText>删"
        "</w:delText></w:r></w:del><w:ins><w:r><w:t>增</w:t></w:r></w:ins>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:br/><w:t>下一行</w:t></w:r></w:p>"
    )
    body = (
        paragraph("第一条 前")
        + table([["代码", "名称"], ["1", "甲"]])
        + table([["框内第一段"]])
        + f"<w:sdt><w:sdtContent>{changed}</w:sdtContent></w:sdt>"
        + double
    )
    text = read(docx(body, footnotes=f"<w:footnotes {W}/>"), "a.docx")
    assert text.paragraphs == (
        "第一条 前", "代码 | 名称", "1 | 甲", "框内第一段", "第二条 留增", "下一行", "文本框",
    )  # fmt: skip
    assert text.tables == ((("代码", "名称"), ("1", "甲")),)
    assert any("Footnotes" in note.en for note in text.notes)


LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
ENTITY = f'<!DOCTYPE d [<!ENTITY a "b">]><w:document {W}><w:body>&a;</w:body></w:document>'


@pytest.mark.parametrize(
    ("content", "word"),
    [
        pytest.param(LOCKED, "password", id="locked"),
        pytest.param(LOCKED[:600], "old kind", id="of the old kind"),
        pytest.param(docx(paragraph("第一条 甲"))[:-40], "damaged", id="cut short"),
        pytest.param(b"PK\x03\x04" + b"x" * 99, "damaged", id="no zip behind its first bytes"),
        pytest.param(zipped({"a.txt": "甲"}), "no Word document", id="another zip"),
        pytest.param(zipped({"word/document.xml": ENTITY}), "document type", id="entities"),
        pytest.param(zipped({"word/document.xml": "<w:p>"}), "parsed", id="broken markup"),
        pytest.param(zipped({"word/document.xml": bytes(70_000_000)}), "zip bomb", id="zip bomb"),
        pytest.param(
            zipped({"word/document.xml": "<a/>", **{f"{n}": b"" for n in range(5_001)}}),
            "zip bomb",
            id="thousands of parts",
        ),
    ],
)
def test_a_bad_word_file_is_named(content: bytes, word: str) -> None:
    """Each kind of bad Word file is told from the others."""
    assert word in refusal(content, "a.docx").says.en


def test_a_pdf_gives_paragraphs() -> None:
    """Lines of pages are put together, page numbers left out, blanks between characters closed."""
    pages = [
        [
            "某某办法",
            "第一条 为了规范货物管理，制定本办法。",
            "第二条 收货人应当如实申报并依照本办法",
            "第一条的规定处理；有下列情形之一的，",
            "不予处罚：",
            "（一）甲；",
            "- 1 -",
        ],
        ["第 三 条 货 物 应 当 申 报 。", "- 2 -"],
    ]
    text = read(pdf(pages), "a.pdf")
    assert text.paragraphs == (
        "某某办法",
        "第一条 为了规范货物管理，制定本办法。",
        "第二条 收货人应当如实申报并依照本办法第一条的规定处理；有下列情形之一的，不予处罚：",
        "（一）甲；",
        "第三条货物应当申报。",
    )
    assert any("paragraphs" in note.en for note in text.notes)


def test_a_page_of_a_pdf_without_text_is_named() -> None:
    """A picture among pages of text is told by its number."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf([["第一条 甲。"]]))))
    writer.add_blank_page(595, 842)
    out = BytesIO()
    writer.write(out)
    assert any("Page 2" in note.en for note in read(out.getvalue(), "a.pdf").notes)


def written(writer: PdfWriter) -> bytes:
    """Return what a writer writes."""
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def locked_pdf(password: str, owner: str) -> bytes:
    """Return a PDF with a password to open it and one to change it."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf([["第一条 甲。"]]))))
    writer.encrypt(password, owner, algorithm="RC4-128")
    return written(writer)


def scan() -> bytes:
    """Return a PDF whose pages have no text."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.add_blank_page(595, 842)
    return written(writer)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        pytest.param(scan(), "scan", id="pictures of pages"),
        pytest.param(locked_pdf("geheim", "geheim"), "password", id="locked"),
        pytest.param(
            b"%PDF-1.7\n" + b"garbage" * 50, "damaged", id="garbage behind its first bytes"
        ),
        pytest.param(
            pdf([["\ue001\ue002\ue003\ue004\ue005甲"]]), "no map", id="fonts without a map"
        ),
    ],
)
def test_a_bad_pdf_is_named(content: bytes, word: str) -> None:
    """Each kind of bad PDF is told from the others."""
    assert word in refusal(content, "a.pdf").says.en


def test_a_pdf_locked_against_changes_only_is_read() -> None:
    """What may be read without a password is read."""
    assert read(locked_pdf("", "geheim"), "a.pdf").paragraphs == ("第一条 甲。",)


def test_json_lines_give_a_text_each() -> None:
    """What a line tells beside its text is kept; a bad line is named and costs the others nothing."""
    good = {
        "text": "一、甲。\n二、乙。",
        "number": "公告〔2024〕9号",
        "title": "关于甲的公告",
        "other": 1,
    }
    lines = [
        json.dumps(good, ensure_ascii=False),
        "{oops",
        "",
        '["甲"]',
        '{"number": "x"}',
        '{"text": "甲"}',
    ]
    reading = read_content("\n".join(lines).encode(), "a.jsonl")
    assert [text.paragraphs for text in reading.texts] == [("一、甲。", "二、乙。"), ("甲",)]
    assert reading.texts[0].title == "关于甲的公告"
    assert reading.texts[0].meta == {"number": "公告〔2024〕9号"}
    assert [fault.where.en for fault in reading.refused] == ["line 2", "line 4", "line 5"]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        pytest.param(b"", "a.txt", id="empty"),
        pytest.param(b"\0\0 \n", "a.md", id="blank"),
        pytest.param(b"---\n***", "a.md", id="no words"),
        pytest.param(b"\x89PNG\r\n", "a.txt", id="a picture by another name"),
        pytest.param(b"Rar!\x1a", "a.docx", id="an archive by another name"),
        pytest.param("甲".encode(), "a.doc", id="a form that is not read"),
        pytest.param(bytes(range(128, 256)) * 50, "a.txt", id="no encoding"),
        pytest.param(LAW.encode() + b"\xff" + LAW.encode(), "a.txt", id="a damaged byte"),
        pytest.param(b"[" * 100_000, "a.jsonl", id="nested without end"),
        pytest.param(b" " * MAX_BYTES + b"ab", "a.txt", id="too large"),
    ],
)
def test_what_is_no_text_is_refused(content: bytes, name: str) -> None:
    """A file that is no text gives one kind of refusal, with the file and a remedy."""
    texts, told = outcome(content, name)
    assert not texts
    assert name in told


def outcome(content: bytes, name: str) -> tuple[tuple[RawText, ...], str]:
    """Return the texts of a content, and what was said of what is refused."""
    try:
        reading = read_content(content, name)
    except Refused as fault:
        return (), fault.told().zh
    return reading.texts, "".join(fault.told().zh for fault in reading.refused)


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.html", "a.md", "a.jsonl", "a.txt"])
def test_truncated_and_swapped_bytes_never_escape(name: str) -> None:
    """Whatever happens to the bytes, a text or a refusal comes out."""
    sound = {
        "a.docx": docx(paragraph(LAW), numbering=NUMBERING, styles=STYLES),
        "a.pdf": pdf([LAW.split("\n")]),
        "a.html": f"<html><table><tr><td>甲</td></tr></table><p>{LAW}</p></html>".encode(),
        "a.jsonl": json.dumps({"text": LAW}).encode(),
    }.get(name, LAW.encode())
    for step in range(1, 60):
        at = len(sound) * step // 60
        for spoilt in (sound[:at], sound[:at] + bytes([sound[at] ^ 0xFF]) + sound[at + 1 :]):
            assert any(outcome(spoilt, name))


def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    """The system's reason is told."""
    with pytest.raises(Refused, match="cannot be opened"):
        read_file(tmp_path / "none.txt")
