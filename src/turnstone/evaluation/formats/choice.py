"""Which format a file of a layer has, going by what it is."""

from __future__ import annotations

from pathlib import Path

from turnstone.errors import ReadingError
from turnstone.evaluation.documents import Answer, Collection, Dated, Happening, Located, Named, Statement, Word
from turnstone.evaluation.formats import analysed, brat, conllu, corpus, geovirus, iob2, pairs, plover
from turnstone.evaluation.formats.files import text_of


def parses(path: Path) -> Collection[Word]:
    """CoNLL-U."""
    return conllu.read(path)


def mentions(path: Path) -> Collection[Named]:
    """JSON lines of analyse, or IOB2."""
    return analysed.mentions(path) if _begins(path, "{") else iob2.read(path)


def attributions(path: Path) -> Collection[Statement]:
    """A folder of brat files, or JSON lines of analyse."""
    return brat.read(path) if path.is_dir() else analysed.attributions(path)


def events(path: Path) -> Collection[Happening]:
    """Our corpus (a file or a folder of them), JSON lines of analyse, or PLOVER JSON."""
    if path.is_dir() or not _begins(path, "{", "["):
        return corpus.collection(path)
    first = text_of(path).lstrip().partition("\n")[0]
    return analysed.events(path) if '"contract"' in first else plover.read(path)


def gold_pairs(path: Path) -> Collection[Answer]:
    """A table with gold_root or event_type."""
    return pairs.gold(path)


def predicted_pairs(path: Path) -> Collection[Answer]:
    """A table that classify wrote."""
    return pairs.predicted(path)


def dates(path: Path) -> Collection[Dated]:
    """JSON lines of analyse."""
    return analysed.dates(path)


def places(path: Path) -> Collection[Located]:
    """The XML of GeoVirus, or JSON lines of analyse."""
    return geovirus.read(path) if _begins(path, "<") else analysed.places(path)


def _begins(path: Path, *signs: str) -> bool:
    if path.is_dir():
        raise ReadingError(f"{path}: is a folder; give a file")
    return text_of(path).lstrip().startswith(signs)
