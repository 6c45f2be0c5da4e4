"""Made-up papers in every form: Word files, PDF files, and a law to put into them."""

import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from xml.sax.saxutils import escape

from knowledge.numerals import numeral

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def law(
    title: str = "中华人民共和国梧桐法",
    *,
    head: str = "2020年3月1日 第十届全国人民代表大会常务委员会第一次会议通过",
    articles: int = 12,
    last: str = "本法自2020年6月1日起施行。",
    words: Mapping[int, str] | None = None,
) -> str:
    """Return a law in plain text, two chapters of made-up articles."""
    lines = [title, head, "第一章 总 则"]
    for number in range(1, articles + 1):
        if number == articles // 2:
            lines.append("第二章 附 则")
        said = last if number == articles else f"梧桐树的第{number}种情形，由主管部门决定。"
        lines.append(f"第{numeral(number)}条 {(words or {}).get(number, said)}")
    return "\n".join(lines)


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    """Return a zip of parts."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(body: str, **more: str) -> bytes:
    """Return a Word file of a body in its own markup; more parts by name, `numbering`, `styles`."""
    parts = {f"word/{name}.xml": markup for name, markup in more.items()}
    document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    return zipped({"[Content_Types].xml": TYPES, "word/document.xml": document, **parts})


def paragraph(text: str, properties: str = "") -> str:
    """Return a paragraph of Word, cut into two runs as Word does at will."""
    middle = len(text) // 2
    runs = "".join(
        f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>'
        for part in (text[:middle], text[middle:])
    )
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def table(rows: Iterable[Iterable[str]]) -> str:
    """Return a table of Word."""
    told = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in told) + "</w:tbl>"


def pdf(pages: Iterable[Iterable[str]]) -> bytes:
    """Return a PDF whose pages show lines, with a text layer that maps to Chinese."""
    told = [list(page) for page in pages]
    signs = sorted({sign for page in told for line in page for sign in line})
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>"
        % (len(told), b" ".join(b"%d 0 R" % (6 + 2 * n) for n in range(len(told)))),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H"
        b" /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW 1000"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        _stream(_unicode_map(signs)),
    ]
    for number, lines in enumerate(told):
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (7 + 2 * number),
            _stream(_shown(lines)),
        ]
    return _file(objects)


def _unicode_map(signs: list[str]) -> bytes:
    pairs = [f"<{ord(sign):04x}> <{ord(sign):04x}>" for sign in signs]
    blocks = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
    told = "".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{told}endcmap end end"
    ).encode()


def _shown(lines: Iterable[str]) -> bytes:
    told = [b"BT /F1 12 Tf 18 TL 50 780 Td"]
    told += [b"<%s> Tj T*" % line.encode("utf-16-be").hex().encode() for line in lines]
    return b"\n".join([*told, b"ET"])


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def _file(objects: list[bytes]) -> bytes:
    out = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        len(out),
    )
    return out + head + table + tail
