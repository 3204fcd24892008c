"""The one place that knows the order of the stages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from turnstone import __version__
from turnstone.analysis import lemmas
from turnstone.analysis.analyse import analyse
from turnstone.analysis.model import Model
from turnstone.coding.casualties import with_casualties
from turnstone.coding.counsel import Counsel
from turnstone.coding.events import code_events
from turnstone.knowledge.codebook import load_codebook
from turnstone.knowledge.entities import load_entities
from turnstone.knowledge.gazetteer import load_gazetteer
from turnstone.records import Analysis, Article, Mention, Place, Record, Resolved
from turnstone.resolution.dates import event_day, find_dates
from turnstone.resolution.dates_origin import dateline_end
from turnstone.resolution.likely_states import likely_states
from turnstone.resolution.localities import localise
from turnstone.resolution.mentions import find_mentions
from turnstone.resolution.place_spans import find_place_spans
from turnstone.resolution.places import find_places, placed_state
from turnstone.settings import Settings

if TYPE_CHECKING:
    from turnstone.knowledge.entity_files import EntityFile
    from turnstone.store import Run


class Pipeline:
    """Holds what all articles share (model, codebook, entities, gazetteer) and codes one article at a time.

    `model` may be a function that gives it, called when all else is loaded. `entities` are YAML files laid over the
    packaged ones (docs/entities.md). Raises KnowledgeError for one at fault.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        model: Model | Callable[[], Model] = Model,
        entities: Iterable[str | Path | EntityFile] = (),
    ) -> None:
        self.settings = settings or Settings()
        self.codebook = load_codebook()
        self.entities = load_entities(*entities)
        self.gazetteer = load_gazetteer()
        lemmas.load()
        self.model = model if isinstance(model, Model) else model()
        self.counsel = Counsel(
            event_day, dateline_end, self._state, self.model.event_places, self.model.likely_places,
            self.model.event_days, self.model.retellings,
        )  # fmt: skip

    @property
    def run(self) -> Run:
        """What identifies the codings this pipeline makes."""
        from turnstone.store import Run, code_digest  # the tables, which coding does without

        return Run(
            version=__version__,
            code=code_digest(Path(__file__).parent),
            model=self.model.digest,
            codebook=self.codebook.digest,
            entities=self.entities.digest,
            gazetteer=self.gazetteer.digest,
            settings=self.settings.as_json(),
        )

    def code(self, article: Article) -> Record:
        """Everything turnstone knows of an article."""
        analysis = analyse(article.text, self.model)
        completed = with_casualties(analysis, self.settings.least_confidence)
        resolved = self.resolve(article, completed)
        coded = code_events(article, completed, resolved, self.codebook, self.settings, self.counsel)
        return Record(article, analysis, resolved, coded)

    def resolve(self, article: Article, analysis: Analysis) -> Resolved:
        """The article's mentions, dates and places."""
        mentions = find_mentions(article, analysis, self.entities)
        dates = find_dates(article.text, article.published, analysis.tokens)
        places = self._places(article, analysis, mentions)
        likely = [p for p in analysis.proposals if p.types[0][1] >= self.settings.least_confidence]
        settled = localise(article.text, analysis, mentions, places, likely)
        given = (settled, places, likely, self.model.states, self.settings.least_state)
        return Resolved(likely_states(article.text, analysis, *given), dates, places)

    def _state(self, start: int, end: int, country: str) -> Place | None:
        known = placed_state(start, end, country, self.gazetteer)
        if known is None and country in self._states:
            return Place(start, end, country, country, None, None, None, "country")
        return known

    @cached_property
    def _states(self) -> frozenset[str]:
        return frozenset(state.code for state in self.entities.states)

    def _places(self, article: Article, analysis: Analysis, mentions: tuple[Mention, ...]) -> tuple[Place, ...]:
        countries = Counter(mention.country for mention in mentions if len(mention.country) == 3)
        toponyms = find_place_spans(article.text, analysis, mentions, self.gazetteer)
        hints = sorted(countries.elements())
        return find_places(article.text, toponyms, hints, _dateline(article.text, mentions), self.gazetteer)


def _dateline(text: str, mentions: tuple[Mention, ...]) -> str:
    """Country of a dateline ("KYIV, March 3 (Reuters) -") at the head of the text, empty without one."""
    for mention in mentions:
        if mention.start < 3 and mention.kind == "GPE" and text[mention.start : mention.end].isupper():
            return mention.country
    return ""
