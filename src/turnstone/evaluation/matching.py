"""Which prediction belongs to which gold: articles by id or words, values in them one to one."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from turnstone.errors import ReadingError
from turnstone.evaluation.documents import Collection, Document, Spans, V
from turnstone.records import Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pair(Generic[T]):
    """The values of one article: of the gold, and of the prediction, none where it lacks the article.
    `words` are those of the text."""

    gold: tuple[T, ...]
    predicted: tuple[T, ...]
    words: Spans


@dataclass(frozen=True, slots=True)
class Matched(Generic[T]):
    """All articles of the gold. `by` is id or words; `missing` names those without a prediction, `left_out` counts
    the predictions without a gold."""

    pairs: tuple[Pair[T], ...]
    by: str
    missing: tuple[str, ...]
    left_out: int


def match(gold: Collection[V], predicted: Collection[V]) -> Matched[V]:
    """The articles of the gold with their predictions: by id where each has its own and they share one, else by their
    words, equal texts in order. Raises ReadingError where texts differ, or nothing belongs together."""
    ids = {one.id for one in gold.documents}
    found = {one.id for one in predicted.documents}
    unique = len(ids) == len(gold.documents) and len(found) == len(predicted.documents) and "" not in ids
    by = "id" if unique and ids & found else "words"
    partners = _by_id(gold, predicted) if by == "id" else _by_words(gold, predicted)
    if gold.documents and not any(partners):
        raise ReadingError(
            f"{predicted.name}: no {gold.unit} of {gold.name} is in it, neither by its id nor by its words; "
            f"analyse the texts of the gold{_such_as(gold, predicted)}"
        )
    pairs = [
        Pair(one.values, _values(partner, len(partner.ink) - len(one.ink)) if partner else (), one.words)
        for one, partner in zip(gold.documents, partners, strict=True)
    ]
    missing = [one.id or one.where for one, partner in zip(gold.documents, partners, strict=True) if partner is None]
    left_out = len(predicted.documents) - (len(gold.documents) - len(missing))
    return Matched(tuple(pairs), by, tuple(missing), left_out)


def _by_id(gold: Collection[V], predicted: Collection[V]) -> list[Document[V] | None]:
    known = {one.id: one for one in predicted.documents}
    partners = [known.get(one.id) for one in gold.documents]
    for one, partner in zip(gold.documents, partners, strict=True):
        if partner and one.ink not in (partner.ink, partner.ink[partner.title :]):
            at = next((i for i, (a, b) in enumerate(zip(one.ink, partner.ink, strict=False)) if a != b), None)
            at = min(len(one.ink), len(partner.ink)) if at is None else at
            raise ReadingError(
                f"{partner.where}: the text of {one.id!r} is not that of {one.where}: {partner.ink[at : at + 20]!r} "
                f"stands where {one.ink[at : at + 20]!r} should (blanks aside); analyse the texts of the gold"
            )
    return partners


def _by_words(gold: Collection[V], predicted: Collection[V]) -> list[Document[V] | None]:
    waiting: defaultdict[str, deque[int]] = defaultdict(deque)
    for i, one in enumerate(predicted.documents):
        waiting[one.ink].append(i)
        if one.title:
            waiting[one.ink[one.title :]].append(i)
    taken: set[int] = set()
    partners: list[Document[V] | None] = []
    for one in gold.documents:
        queue = waiting[one.ink]
        while queue and queue[0] in taken:
            queue.popleft()
        partners.append(predicted.documents[queue[0]] if queue else None)
        taken.update([queue.popleft()] if queue else [])
    return partners


def _values(document: Document[V], title: int) -> tuple[V, ...]:
    if not title:
        return document.values
    return tuple(moved for one in document.values if (moved := one.moved(-title)) is not None)


def _such_as(gold: Collection[V], predicted: Collection[V]) -> str:
    ids = [next((one.id for one in side.documents if one.id), "") for side in (gold, predicted)]
    return f" under its ids (there {ids[0]!r}, here {ids[1]!r})" if all(ids) else ""


# --- values


def overlap(one: Sequence[Span], other: Sequence[Span]) -> bool:
    """Whether any span of the one shares a character with any of the other."""
    return any(a.start < b.end and b.start < a.end for a in one for b in other)


def one_to_one(gold: Sequence[T], predicted: Sequence[T], *alike: Callable[[T, T], bool]) -> list[tuple[int, int]]:
    """Indices of gold and prediction that belong together, each in one pair at most: first those that are equal, then
    those that are `alike`, the strictest first."""
    pairs: list[tuple[int, int]] = []
    free_gold, free = list(range(len(gold))), list(range(len(predicted)))
    for test in (_equal, *alike):
        for i in tuple(free_gold):
            partner = next((j for j in free if test(gold[i], predicted[j])), None)
            if partner is not None:
                pairs.append((i, partner))
                free_gold.remove(i)
                free.remove(partner)
    return sorted(pairs)


def _equal(one: object, other: object) -> bool:
    return one == other
