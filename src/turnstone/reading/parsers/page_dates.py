"""The day a web page says it was published. Only what the page states: no guess from a copyright year, from dates in
the running text or from a change of the page, and never today."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any

from turnstone.reading.dates import day_in_address, stated_day, written_days

_META = frozenset(
    {
        "article.published",
        "article:published",
        "article:published_time",
        "article_date_original",
        "bt:pubdate",
        "citation_date",
        "citation_publication_date",
        "cxenseparse:recs:publishtime",
        "date",
        "date-published",
        "date_published",
        "datepublished",
        "dc.created",
        "dc.date",
        "dc.date.created",
        "dc.date.issued",
        "dc.issued",
        "dcterms.available",
        "dcterms.created",
        "dcterms.date",
        "dcterms.issued",
        "displaydate",
        "og:article:published_time",
        "og:published_time",
        "original-publish-date",
        "originalpublicationdate",
        "parsely-pub-date",
        "ptime",
        "pub_date",
        "pubdate",
        "publication-date",
        "publication_date",
        "publicationdate",
        "publish-date",
        "publish_date",
        "publishdate",
        "published",
        "published-date",
        "published_date",
        "published_time",
        "rnews:datepublished",
        "sailthru.date",
    }
)
_MARKED = re.compile(r"date|publish|posted|byline|time-?stamp|dateline", re.IGNORECASE)
_PUBLISHED = re.compile(r"publish|posted|pubdate", re.IGNORECASE)
_CHANGED = re.compile(r"updat|modif|edited|copyright|expire", re.IGNORECASE)
_LONGEST = 120


def stated_date(tree: Any, address: str = "") -> dt.date | None:
    """The publication day in a page's metadata (meta elements, JSON-LD, microdata), else the one day it shows the
    reader in an element marked as a date, else the one in its address; None if it states none. `tree` is lxml's."""
    for found in _metadata(tree):
        if day := stated_day(found):
            return day
    return _shown_day(tree) or day_in_address(address)


def _metadata(tree: Any) -> Iterator[str]:
    for element in tree.iter("meta"):
        names = (element.get(key, "").lower() for key in ("property", "name", "itemprop"))
        if any(name in _META for name in names):
            yield element.get("content", "")
    documents = [document for script in tree.iter("script") for document in _linked_data(script)]
    for article_only in (True, False):
        for document in documents:
            yield from _published(document, article_only)
    for element in tree.xpath("//*[@itemprop='datePublished'] | //time[@pubdate]"):
        yield element.get("datetime") or element.get("content") or element.text_content()


def _linked_data(script: Any) -> Iterator[object]:
    if "ld+json" in script.get("type", "").lower() and script.text:
        try:
            yield json.loads(script.text, strict=False)
        except (ValueError, RecursionError):
            return


def _published(document: object, article_only: bool) -> Iterator[str]:
    pending = [document]
    while pending:
        value = pending.pop(0)
        if isinstance(value, list):
            pending.extend(value)
        elif isinstance(value, dict):
            pending.extend(value.values())
            day = value.get("datePublished")
            if isinstance(day, str) and (not article_only or "Article" in str(value.get("@type"))):
                yield day


def _shown_day(tree: Any) -> dt.date | None:
    """The one day in the elements marked as dates; of several, the one that is marked as the publication's."""
    everywhere: set[dt.date] = set()
    published: set[dt.date] = set()
    for scope in tree.xpath("(//article | //main)[1]") or [tree]:
        for element in scope.iter():
            if not isinstance(element.tag, str):
                continue
            marks = f"{element.get('class', '')} {element.get('id', '')}"
            if element.tag != "time" and not _MARKED.search(marks):
                continue
            text = element.text_content()
            if len(text) > _LONGEST or _CHANGED.search(marks + text):
                continue
            stamp = stated_day(element.get("datetime", ""))
            days = {stamp} if stamp else written_days(text)
            everywhere |= days
            if _PUBLISHED.search(marks + text):
                published |= days
    for days in (published, everywhere):
        if len(days) == 1:
            return days.pop()
    return None
