"""Official texts a site brings along: read, cut into articles, kept by day."""

from knowledge.importing.importing import Understood, import_file
from knowledge.importing.official_text import OfficialText
from knowledge.importing.raw import RawText, Refused
from knowledge.importing.store import Store
from knowledge.importing.understanding import Given

__all__ = ["Given", "OfficialText", "RawText", "Refused", "Store", "Understood", "import_file"]
