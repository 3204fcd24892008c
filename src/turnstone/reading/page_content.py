"""What trafilatura finds in a web page. Runs in the process that `turnstone.reading.web_pages` can kill."""

from __future__ import annotations

from turnstone.reading.page_dates import stated_date


def extract(page: str) -> dict[str, str]:
    """A page's text, title, publisher, author, url and ISO date, each empty where the page has none."""
    import trafilatura
    from trafilatura.utils import load_html

    tree = load_html(page)
    if tree is None:
        return {}
    # Its own date is not used (it guesses); these settings only keep the guessing short.
    document = trafilatura.bare_extraction(
        page,
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
