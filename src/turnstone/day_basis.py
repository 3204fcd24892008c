"""How an event's day was found, by what its basis says in words."""

from __future__ import annotations

# what `resolution.dates.event_day` says where the sentence tells no day
NO_DAY_TOLD = frozenset({"the article's day", "announced; no day given", "before the article's day, none given"})
NONE, LIKELY, OWN = range(3)
_LIKELY = "likely the event's"


def likely(basis: str, words: str, same_sentence: bool) -> str:
    """The basis of a day that some words of the article tell, but not of the event."""
    where = "told in its sentence" if same_sentence else "told elsewhere"
    return f'{basis}; {where} ("{words}"), {_LIKELY}'


def told_below(basis: str) -> str:
    """The basis of a headline's day that the paragraphs below it tell on this one, and stand as that stands."""
    own = basis.removesuffix(f", {_LIKELY}")
    return f"{own}; told below the headline" + (f", {_LIKELY}" if own != basis else "")


def standing_of(basis: str) -> int:
    """`NONE` where no day is told, `LIKELY` where the article tells one that is likely the event's, `OWN` where its
    sentence tells it of the event."""
    return NONE if basis in NO_DAY_TOLD else LIKELY if basis.endswith(_LIKELY) else OWN
