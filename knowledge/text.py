"""One wording in two languages: what every message to a person is made of."""

from typing import Literal, NamedTuple

Language = Literal["zh", "en"]


class Text(NamedTuple):
    """One wording in Chinese and English."""

    zh: str
    en: str

    def said_in(self, language: Language) -> str:
        """Return the wording in one language."""
        return self.zh if language == "zh" else self.en

    def followed_by(self, other: "Text") -> "Text":
        """Return this wording as a sentence, then the other as the next one.

        >>> Text("净重过大", "Too heavy").followed_by(Text("请核对", "Check it")).en
        'Too heavy. Check it.'
        """
        if not any(other):
            return self
        return Text(
            f"{self.zh.rstrip('。')}。{other.zh.rstrip('。')}。",
            f"{self.en.rstrip('.')}. {other.en.rstrip('.')}.",
        )
