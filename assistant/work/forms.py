"""Which content type means which form of a draft."""

from auditors.formats.reading import Form

JSON = "application/json"
XML = "application/xml"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA: dict[Form, str] = {"json": JSON, "xml": XML, "xlsx": XLSX}
NAMED: dict[str, Form] = {
    JSON: "json",
    "text/json": "json",
    XML: "xml",
    "text/xml": "xml",
    XLSX: "xlsx",
    "application/vnd.ms-excel.sheet.macroenabled.12": "xlsx",
}


def form_named(media_type: str) -> Form | None:
    """Return the form a content type means, or nothing where it means none.

    >>> form_named("application/json; charset=utf-8"), form_named("image/png")
    ('json', None)
    """
    plain = media_type.partition(";")[0].strip().lower()
    if plain.endswith("+json"):
        return "json"
    return NAMED.get(plain)
