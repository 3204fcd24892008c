"""The nouns that an entry of a dictionary of agents stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import simplemma

_IRREGULAR = {"man": "men", "woman": "women", "child": "children"}
_PREPOSITIONS = frozenset("of in at to for from on with by".split())
_ALWAYS_PLURAL = frozenset("customs affairs arms works headquarters quarters communications news".split())
# what dictionaries cut from the end of a word so that it stands for several: MINIST, COMPAN, INDUSTR
_ENDINGS = ("y", "er", "ry", "or", "e")


def agent_forms(phrase: str, plural: str | None, sets: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """An entry's nouns, singular and plural, in small letters. `plural` is None where the entry gives none; `sets` are
    the words of substitution sets by their names, of which the phrase has one at most."""
    plain = _plain(phrase)
    match = re.search(r"!(\w+)!", plain)
    if match is None:
        return [_pair(one, plural) for one in _whole(plain)]
    words = [word.lower() for word in sets[match[1].upper()]]
    plurals = {_plural(word) for word in words}
    found = []
    for word in words:
        if word in plurals:
            continue
        more = _plural(word) if plural is None else word
        found.append(tuple(plain[: match.start()] + one + plain[match.end() :] for one in (word, more)))
    return [(one, many) for one, many in found]


def _plain(phrase: str) -> str:
    """Small letters, without an article before and a preposition after it: "ambassador to"."""
    words = phrase.replace("_", " ").lower().split()
    if len(words) > 1 and words[0] in ("a", "an"):
        words = words[1:]
    while len(words) > 1 and words[-1] in _PREPOSITIONS:
        words = words[:-1]
    return " ".join(words)


def _whole(phrase: str) -> list[str]:
    """A phrase whose last word is cut short, with each ending that makes it a word."""
    before, _, last = phrase.rpartition(" ")
    if len(last) < 4 or simplemma.is_known(last, lang="en"):
        return [phrase]
    found = [last + ending for ending in _ENDINGS if simplemma.is_known(last + ending, lang="en")]
    return [f"{before} {word}".strip() for word in found] or [phrase]


def _pair(phrase: str, plural: str | None) -> tuple[str, str]:
    if plural is not None:
        return phrase, _plain(plural) or phrase
    before, _, last = phrase.rpartition(" ")
    if last in _ALWAYS_PLURAL:
        return phrase, phrase
    single = simplemma.lemmatize(last, lang="en").lower()
    if single != last and last == _plural(single):
        return f"{before} {single}".strip(), phrase
    return phrase, _plural(phrase)


def _plural(phrase: str) -> str:
    """The plural; of "department of state" and "attorney general" the first word's."""
    words = phrase.split()
    at = next((place for place, word in enumerate(words) if place and word in _PREPOSITIONS), len(words))
    if at > 1 and words[at - 1] == "general" and words[at - 2] not in ("director", "major", "brigadier", "lieutenant"):
        at -= 1
    if at < len(words):
        return " ".join((_plural(" ".join(words[:at])), *words[at:]))
    for one, many in _IRREGULAR.items():
        if phrase.endswith(one):
            return phrase.removesuffix(one) + many
    if phrase.endswith("y") and phrase[-2:-1] not in "aeiou":
        return phrase[:-1] + "ies"
    return phrase + ("es" if phrase.endswith(("ss", "sh", "ch", "x")) else "s")
