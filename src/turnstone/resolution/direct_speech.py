"""Where a text stands between quotation marks and is somebody's own words, not only a phrase of them."""

from __future__ import annotations

import re

from turnstone.records import Span

_MARKED = re.compile(r'"([^"\n]*)(?:"|$)|“([^”\n]*)(?:”|$)|«([^»\n]*)(?:»|$)', re.MULTILINE)


def direct_speech(text: str) -> tuple[Span, ...]:
    """The spans between quotation marks, or from one to the end of the paragraph, that begin with a capital; what
    begins with a small letter is part of the sentence around it."""
    found = []
    for match in _MARKED.finditer(text):
        first = next((letter for letter in match[0] if letter.isalpha()), "")
        if first.isupper() and " " in match[0].strip():
            found.append(Span(match.start(), match.end()))
    return tuple(found)


def speech_at(speech: tuple[Span, ...], offset: int) -> Span | None:
    """The direct speech that an offset is in."""
    return next((span for span in speech if span.start <= offset < span.end), None)
