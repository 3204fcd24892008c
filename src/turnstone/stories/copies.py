"""Articles that are one text: wire copies, shortened and updated ones, other headlines, bylines and datelines.

Articles are taken by day and id, and each joins a group of the days before it or begins one. What was decided of an
article depends on those before it alone, so that a record that grew at its end is grouped as if it had always been
whole.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from turnstone.records import Article
from turnstone.stories.agencies import agency
from turnstone.stories.index import Recent, keys
from turnstone.stories.likeness import LEAST, Likeness, likeness
from turnstone.stories.texts import Told, told

DAYS: Final = 7
"""How many days later a text may be printed again and be found."""

_LOOSER: Final = 0.75
_BATCH: Final = 2000


@dataclass(frozen=True, slots=True)
class Copy:
    """An article with the group of its copies. `group_id` is the first article's id. `copy_of` is the article it was
    found to be a copy of, empty for the first, `score` and `reason` say how far. `source` is whose text it is as far as
    it tells: the agency it credits or its publisher is; `words` is its length."""

    article_id: str
    day: int
    group_id: str
    copy_of: str
    score: float
    reason: str
    source: str
    words: int


def group(articles: Iterable[Article]) -> list[Copy]:
    """Each article with its group, in the order of day and id."""
    return list(grouped((article, None) for article in sorted(articles, key=lambda one: (one.published, one.id))))


def grouped(articles: Iterable[tuple[Article, Copy | None]]) -> Iterator[Copy]:
    """As group, one by one, of articles that come by day and id. Those whose group is known say so; they must come
    before the others."""
    grouping = _Grouping()
    rest = iter(articles)
    while batch := list(islice(rest, _BATCH)):
        texts = [told(article) for article, _ in batch]
        for (article, known), text, its_keys in zip(batch, texts, keys(texts), strict=True):
            yield grouping.take(article, text, its_keys, known)


@dataclass(frozen=True, slots=True)
class _Held:
    copy: Copy
    text: Told


class _Grouping:
    def __init__(self) -> None:
        self._recent = Recent(DAYS)
        self._held: dict[int, _Held] = {}
        self._members: defaultdict[str, deque[int]] = defaultdict(deque)
        self._next = 0

    def take(self, article: Article, text: Told, its_keys: list[int], known: Copy | None) -> Copy:
        day = article.published.toordinal()
        for number in self._recent.forget(day):
            self._let_go(number)
        copy = known or self._judged(article, day, text, its_keys)
        self._members[copy.group_id].append(self._next)
        self._held[self._next] = _Held(copy, text)
        self._recent.add(day, self._next, its_keys)
        self._next += 1
        return copy

    def _let_go(self, number: int) -> None:
        group_id = self._held.pop(number).copy.group_id
        self._members[group_id].popleft()
        if not self._members[group_id]:
            del self._members[group_id]

    def _judged(self, article: Article, day: int, text: Told, its_keys: list[int]) -> Copy:
        best: tuple[float, _Held, Likeness] | None = None
        for number in self._recent.candidates(its_keys):
            held = self._held[number]
            found = likeness(text, held.text)
            if found is None or (best and found.score <= best[0]):
                continue
            # Without the second look a row of small changes would lead from one text to another.
            first = self._held[self._members[held.copy.group_id][0]].text
            if first is not held.text and likeness(text, first, _LOOSER * LEAST) is None:
                continue
            best = found.score, held, found
            if found.score == 1.0:
                break
        source = text.agency or agency(article.publisher) or article.publisher
        if best is None:
            return Copy(article.id, day, article.id, "", 1.0, "", source, text.words)
        _, held, found = best
        return Copy(
            article.id, day, held.copy.group_id, held.copy.article_id, found.score, found.reason, source, text.words
        )
