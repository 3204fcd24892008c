"""Code a text from Python."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from turnstone.errors import ClusterError, ReadingError
from turnstone.records import Article, Attribution, DateMention, Event, Mention, Place, Record, Refusal

if TYPE_CHECKING:
    from turnstone.analysis.model import Model
    from turnstone.coding_process import Coder
    from turnstone.display import Shown
    from turnstone.knowledge.entity_files import EntityFile
    from turnstone.pipeline import Pipeline


class CodedRecord(Record):
    """Everything turnstone knows of one text, with short ways to what is asked for most. Prints as a table; all offsets
    point into `article.text`."""

    __slots__ = ()

    @property
    def events(self) -> tuple[Event, ...]:
        """Who did or said what to whom, in the order of the text."""
        return self.coded.events

    @property
    def contexts(self) -> tuple[str, ...]:
        """What the events are about as a whole, the commonest first."""
        return self.coded.contexts

    @property
    def attributions(self) -> tuple[Attribution, ...]:
        """Who says what; `Event.attribution` indexes these."""
        return self.coded.attributions

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Words that name somebody or something, and what they stand for."""
        return self.resolved.mentions

    @property
    def dates(self) -> tuple[DateMention, ...]:
        """Dated expressions and the days they mean."""
        return self.resolved.dates

    @property
    def places(self) -> tuple[Place, ...]:
        """Toponyms on the map."""
        return self.resolved.places

    def __rich__(self) -> Shown:
        from turnstone.display import Shown

        return Shown(self)

    def _repr_html_(self) -> str:
        """The text with its spans marked, and its events, as a notebook shows it."""
        from turnstone.marked import article_html

        return article_html(self.article.title, self.article.text, self.resolved, self.coded)

    def __repr__(self) -> str:
        from turnstone.display import as_text

        return as_text(self)


@cache
def _model() -> Model:
    from turnstone.analysis.model import Model

    return Model()


@lru_cache(maxsize=4)
def pipeline(*entities: EntityFile) -> Pipeline:
    """The pipeline with the packaged model and knowledge, and files of entities over it as `entity_files` reads them;
    loaded once in a process (about a second)."""
    with ThreadPoolExecutor(1) as beside:
        model = beside.submit(_model)  # nearly all outside Python: the rest is loaded meanwhile
        from turnstone.pipeline import Pipeline

        return Pipeline(model=model.result, entities=entities)


def entity_files(paths: Iterable[str | Path]) -> tuple[EntityFile, ...]:
    """Files of entities, as they are now. Raises KnowledgeError for one that cannot be read."""
    from turnstone.knowledge.entity_files import read_files

    return read_files(paths)


def make_coder(*entities: EntityFile) -> Coder:
    """The coding function of `pipeline`; worker processes call this once."""
    return pipeline(*entities).code


def make_coder_of(digest: str, *entities: EntityFile) -> Coder:
    """As `make_coder`, where this is the version that a plan names by the `digest` of its run. Raises ClusterError
    where it is another: half a record of each would be neither.
    """
    found = pipeline(*entities)
    if found.run.digest != digest:
        raise ClusterError(
            f"the plan was made by another version of turnstone, its model or the entities (run {digest[:12]}, here "
            f"it is {found.run.digest[:12]}); install that version here, or plan again with this one"
        )
    return found.code


def code(
    text: str, date: str | dt.date, *, id: str = "", title: str = "", entities: Iterable[str | Path] = ()
) -> CodedRecord:
    """Codes a text of a day (a date, or a string such as 2023-03-21).

    As with files, white space around the text is cut, a title that does not begin the text is put before it, and the
    id is a digest of day and text where none is given. `entities` are YAML files that add to the packaged entities or
    replace some of them. Raises ReadingError for a date or text that cannot be used, KnowledgeError for a file of
    entities at fault.
    """
    paths = (entities,) if isinstance(entities, str | Path) else tuple(entities)
    coder = pipeline(*entity_files(paths)) if paths else pipeline()
    record = coder.code(article(text, date, id=id, title=title))
    return CodedRecord(record.article, record.analysis, record.resolved, record.coded)


def article(text: str, date: str | dt.date, *, id: str = "", title: str = "") -> Article:
    """The article that `code` codes."""
    from turnstone.reading import MAX_BYTES, Columns
    from turnstone.reading.articles import Terms, build

    values = {"id": id, "date": date, "text": text, "title": title}
    found = build(values, "text", Terms(None, Columns(), MAX_BYTES))
    if isinstance(found, Refusal):
        raise ReadingError(f"the text cannot be coded: {found.reason}; {found.remedy}")
    return found
