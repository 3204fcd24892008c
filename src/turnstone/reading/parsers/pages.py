"""What trafilatura finds in a web page."""

from __future__ import annotations

from collections.abc import Iterator

import trafilatura
from trafilatura.utils import load_html

from turnstone.reading.parsers.page_dates import stated_date


def page(html: str) -> Iterator[dict[str, str]]:
    """A page's text, title, publisher, author, url and ISO date, each empty where the page has none."""
    yield _values(html)


def _values(html: str) -> dict[str, str]:
    tree = load_html(html)
    if tree is None:
        return {}
    # Its own date is not used (it guesses); these settings only keep the guessing short.
    document = trafilatura.bare_extraction(
        html,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if document is None or isinstance(document, dict):
        return {}
    # One line is one paragraph here; a blank line says so to whoever splits sentences.
    paragraphs = [line for line in (document.text or "").split("\n") if line.strip()]
    day = stated_date(tree, document.url or "")
    return {
        "text": "\n\n".join(paragraphs),
        "title": document.title or "",
        "publisher": document.sitename or "",
        "author": document.author or "",
        "url": document.url or "",
        "date": day.isoformat() if day else "",
    }
