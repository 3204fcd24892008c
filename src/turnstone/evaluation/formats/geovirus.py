"""The XML of GeoVirus: articles with places, their offsets (counted from 1) and coordinates."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.parsers import expat

from turnstone.errors import ReadingError
from turnstone.evaluation.documents import Collection, Document, Located, Text
from turnstone.evaluation.formats.files import text_of

_REMEDY = "give <articles> of <article> with <text> and <locations> of <location> with name, start, end, lat, lon"


def read(path: Path) -> Collection[Located]:
    """The articles of a file; the address in `source` is their id."""
    articles = _articles(path)
    documents = []
    for line, leaves, locations in articles:
        if not leaves.get("text", "").strip():
            raise ReadingError(f"{path}:{line}: the article has no text; {_REMEDY}")
        text = Text(leaves["text"])
        values = tuple(_located(text, location, f"{path}:{at}") for at, location in locations)
        documents.append(Document(leaves.get("source", "").strip(), text.ink, values, f"{path}:{line}"))
    return Collection(str(path), "article", tuple(documents))


def _located(text: Text, location: dict[str, str], where: str) -> Located:
    try:
        start, end = int(location["start"]) - 1, int(location["end"]) - 1
        point = (float(location["lat"]), float(location["lon"]))
        span = text.span(start, end)
    except (KeyError, ValueError) as error:
        raise ReadingError(f"{where}: the location cannot be used ({error}); {_REMEDY}") from error
    if not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180):
        raise ReadingError(f"{where}: {point} is nowhere on earth; give degrees of latitude and longitude")
    if text.text[start:end] != location.get("name", ""):
        raise ReadingError(
            f"{where}: {text.text[start:end][:30]!r} stands there, not {location.get('name', '')[:30]!r}; "
            "count characters from 1, the end not included"
        )
    return Located(span, None, point)


_Article = tuple[int, dict[str, str], list[tuple[int, dict[str, str]]]]


def _articles(path: Path) -> list[_Article]:
    """Each article: its line, what its leaves hold, and its locations with their lines."""
    found: list[_Article] = []
    leaf: list[str] = []
    within: list[str] = []
    parser = expat.ParserCreate()

    def start(name: str, _: dict[str, Any]) -> None:
        if name == "article":
            found.append((parser.CurrentLineNumber, {}, []))
        elif name == "location" and within[-1:] == ["locations"] and found:
            found[-1][2].append((parser.CurrentLineNumber, {}))
        within.append(name)
        leaf.clear()

    def end(name: str) -> None:
        within.pop()
        if found and within[-1:] == ["article"]:
            found[-1][1][name] = "".join(leaf)
        elif found and found[-1][2] and within[-2:] == ["locations", "location"]:
            found[-1][2][-1][1][name] = "".join(leaf)
        leaf.clear()

    def entity(*_: object) -> None:
        raise ReadingError(f"{path}:{parser.CurrentLineNumber}: entities are not read; {_REMEDY}")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = leaf.append
    parser.EntityDeclHandler = entity
    try:
        parser.Parse(text_of(path), True)
    except expat.ExpatError as error:
        raise ReadingError(f"{path}:{error.lineno}: not XML ({expat.ErrorString(error.code)}); {_REMEDY}") from error
    return found
