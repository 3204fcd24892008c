"""What trafilatura finds in a web page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import trafilatura
from trafilatura.utils import is_dubious_html, repair_faulty_html

from turnstone.reading.parsers import markup
from turnstone.reading.parsers.page_dates import stated_date
from turnstone.reading.unreadable import Unreadable

_REMEDY = "give the article as text"
_DEEP = 240
_LONG = 5_000_000


def page(html: str) -> Iterator[dict[str, str]]:
    """A page's text, title, publisher, author, url and ISO date, each empty where the page has none. Raises
    `Unreadable` for a page of which only a part can be read."""
    yield _values(html)


def _values(html: str) -> dict[str, str]:
    tree = _tree(html)
    if tree is None:
        return {}
    try:
        document = trafilatura.bare_extraction(
            tree,
            with_metadata=True,
            include_comments=False,
            # Its own date is not used (it guesses); these settings only keep the guessing short.
            date_extraction_params={"extensive_search": False, "original_date": True},
            # Else its second method may parse what it has found once more, within the narrower limits: 256 elements one
            # in the other and 10 million bytes in one run. What is over them it leaves out without a word.
            fast=len(html) > _LONG or markup.depth(tree) > _DEEP,
        )
    except RecursionError:
        raise Unreadable(markup.TOO_DEEP, _REMEDY) from None
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


def _tree(html: str) -> Any:
    """As trafilatura makes it of a page, but whole."""
    beginning = html[:50].lower()
    tree = markup.tree(
        repair_faulty_html(html, beginning),
        _REMEDY,
        collect_ids=False,
        default_doctype=False,
        remove_comments=True,
        remove_pis=True,
    )
    # Of what does not begin as HTML, one element alone is taken for no page.
    return None if tree is None or (is_dubious_html(beginning) and len(tree) < 2) else tree
