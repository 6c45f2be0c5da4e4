"""Records (备案号): what the number of a manual, an account book or a certificate tells."""


def is_storage_account(manual_no: str) -> bool:
    """Return whether goods are only stored under a record: accounts T and L, and H with W.

    >>> is_storage_account("H2218W000123"), is_storage_account("H2218A000123")
    (True, False)
    """
    letter = manual_no[0].upper()
    return letter in "TL" or (letter == "H" and manual_no[5].upper() == "W")


def is_processing_account(manual_no: str) -> bool:
    """Return whether a record is an account book of processing: E, and H without D or W.

    >>> is_processing_account("E2218A000123"), is_processing_account("H2218D000123")
    (True, False)
    """
    letter = manual_no[0].upper()
    return letter == "E" or (letter == "H" and manual_no[5].upper() not in "DW")
