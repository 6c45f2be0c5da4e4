"""The overseas party (境外收发货人): the consignor on import, the consignee on export."""

NAMES = {"I": "overseas_consignor_name_en", "E": "overseas_consignee_name_en"}
"""The field that names it, by direction."""


def overseas_name(ie_flag: str, consignor: str | None, consignee: str | None) -> str | None:
    """Return the name of the overseas party of this direction."""
    return consignor if ie_flag == "I" else consignee
