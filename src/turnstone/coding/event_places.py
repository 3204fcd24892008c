"""Where an event is: the place that its sentence says it is at."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from turnstone.coding.clauses import Clauses
from turnstone.coding.counsel import LogOdds
from turnstone.coding.noun_phrases import NounPhrases
from turnstone.coding.place_words import Occurrence, PlaceWords
from turnstone.records import Article, Place, Span, Token

_WIDTHS = {"point": 0, "city": 1, "": 1, "district": 2, "province": 3, "country": 4, "region": 5}


class EventPlaces:
    """Finds the places of one article's events; `triggers` are the words of all of them, `least` the probability that a
    place needs."""

    def __init__(
        self, article: Article, tokens: Sequence[Token], nouns: NounPhrases, places: Sequence[Place], clauses: Clauses,
        triggers: Collection[int], odds: LogOdds, least: float,
    ) -> None:  # fmt: skip
        self._text, self._tokens, self._nouns = article.text, tokens, nouns
        self._places, self._clauses, self._triggers = places, clauses, triggers
        self._odds, self._least = odds, _log_odds(least)
        self._asked: dict[Span, PlaceWords] = {}

    def of(self, event: Occurrence, evidence: Span) -> Place | None:
        """The likeliest place in the sentence `evidence`, or a smaller one of that state that is likely, too; None
        where none is likely."""
        words = self._in(evidence)
        if not words.places:
            return None
        odds = self._odds(words.features(event))
        likely = [(one, place) for one, place in zip(odds, words.places, strict=True) if one > self._least]
        if not likely:
            return None
        best = max(likely, key=_surest)
        smaller = [one for one in likely if _is_smaller(one[1], best[1])]
        return max(smaller, key=_surest, default=best)[1]

    def _in(self, evidence: Span) -> PlaceWords:
        if evidence not in self._asked:
            near = [p for p in self._places if evidence.start <= p.start and p.end <= evidence.end]
            self._asked[evidence] = PlaceWords(
                self._text, self._tokens, self._nouns.below, self._clauses, self._triggers, near
            )
        return self._asked[evidence]


def _log_odds(probability: float) -> float:
    if 0 < probability < 1:
        return math.log(probability / (1 - probability))
    return math.inf if probability else -math.inf


def _surest(one: tuple[float, Place]) -> tuple[float, int]:
    return one[0], -one[1].start  # of equals the first


def _is_smaller(one: Place, other: Place) -> bool:
    return bool(one.country) and one.country == other.country and _WIDTHS[one.resolution] < _WIDTHS[other.resolution]
