"""The one exception that passes inside reading; `turnstone.reading.read` turns it into a `Refusal`."""

from __future__ import annotations

from turnstone.errors import ReadingError
from turnstone.records import Refusal


class Unreadable(ReadingError):
    """An input, or one row of it, is no article: the reason, and what would mend it."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(f"{reason}; {remedy}")
        self.reason = reason
        self.remedy = remedy

    def refusal(self, origin: str, article_id: str = "") -> Refusal:
        """The refusal to hand to the caller."""
        return Refusal(origin, self.reason, self.remedy, article_id)


def shown(value: object, longest: int = 60) -> str:
    """A value as an error message shows it: escaped, and cut when long."""
    text = repr(value[: longest + 1] if isinstance(value, str | bytes) else value)
    return text if len(text) <= longest else text[: longest - 3] + "..."


def not_utf8(offset: int) -> Unreadable:
    """Bytes that are no UTF-8; `offset` counts bytes from the start of the (uncompressed) file."""
    return Unreadable(
        f"the bytes are not valid UTF-8 (byte offset {offset})",
        "save it as UTF-8, or as UTF-16 with a byte order mark",
    )


def too_long(what: str, limit: int) -> Unreadable:
    """Something is over the limit on one article, in bytes."""
    return Unreadable(f"{what} is longer than {limit} bytes", "split it into articles, or raise max_bytes")
