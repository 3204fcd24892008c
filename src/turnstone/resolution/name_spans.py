"""The model's names cut to what they name: without articles and endings, not grown into a neighbour."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from turnstone.knowledge.entities import Entities, Hit
from turnstone.knowledge.given_names import given_names
from turnstone.records import Name

# an abbreviated title is no part of a name: "Gov. McCrory"
_ABBREVIATED = re.compile(r"(?:(?:Mr|Mrs|Ms|Dr|Gov|Sen|Rep|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Rev|Prof)s?\.? )+(?=\w)")
_SURNAME = re.compile(r"\w[\w'’-]+")


def whole_names(text: str, names: Sequence[Name]) -> list[Name]:
    """The names, and full names of persons that the model passed over where it saw the surname alone elsewhere: of "Joe
    Obi" after "Obi", with a given name that the data knows."""
    covered = [(name.start, name.end) for name in names]
    surnames = {text[name.start : name.end] for name in names if name.kind == "PER"}
    found = []
    for surname in sorted(one for one in surnames if _SURNAME.fullmatch(one)):
        for match in re.finditer(rf" {re.escape(surname)}\b", text):
            given = text[max(0, match.start() - 30) : match.start()].split(" ")[-1]
            start, end = match.start() - len(given), match.end()
            if given in given_names() and all(end <= first or last <= start for first, last in covered):
                found.append(Name(start, end, "PER"))
    return sorted([*names, *found], key=lambda name: (name.start, name.end))


def cut_names(text: str, names: Sequence[Name], hits: Sequence[Hit], entities: Entities) -> list[Name]:
    """The names as they stand in the text, each of one thing.

    A state that a title names and the person after it ("King of Jordan Abdullah II") are two names; so are two bodies
    with "and" between them where the data knows one of them; a state's name ends where small letters begin.
    """
    found = []
    for name in names:
        if not 0 <= name.start < name.end <= len(text):
            continue
        for part in _parts(text, _trimmed(text, name), hits, entities):
            trimmed = _trimmed(text, part)
            if trimmed.start < trimmed.end:
                found.append(trimmed)
    return found


def _trimmed(text: str, name: Name) -> Name:
    start, end = name.start, name.end
    if text[start : start + 4].lower() == "the ":
        start += 4
    if name.kind == "PER" and (title := _ABBREVIATED.match(text, start, end)) is not None:
        start = title.end()
    for ending in ("'s", "’s"):
        if text.endswith(ending, start, end):
            end -= 2
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Name(start, end, name.kind)


def _parts(text: str, name: Name, hits: Sequence[Hit], entities: Entities) -> Iterator[Name]:
    words = text[name.start : name.end]
    inside = [hit for hit in hits if name.start <= hit.start and hit.end <= name.end]
    if len(inside) == 1 and (inside[0].start, inside[0].end) == (name.start, name.end):
        yield name
        return
    if name.kind == "PER" and (bare := _untitled(text, name, inside, entities)) is not None:
        yield bare
        return
    if (bare := _described(text, name, entities)) is not None:
        yield bare
        return
    for hit in inside:
        if hit.start == name.start and any(sense.kind == "state" for sense in entities.senses(hit.name)):
            rest = text[hit.end : name.end].strip()
            if rest and all(word.isalpha() and word.islower() for word in rest.split()):
                yield Name(hit.start, hit.end, "LOC")
                return
            if rest[:1].isupper() and name.kind != "ORG" and _of_title(text, hit.start, entities):
                yield Name(hit.start, hit.end, "LOC")
                yield Name(hit.end, name.end, "PER")
                return
    before, joined, after = words.partition(" and ")
    if joined and name.kind == "ORG":
        middle = name.start + len(before)
        halves = Name(name.start, middle, "ORG"), Name(middle + len(joined), name.end, "ORG")
        known = {(hit.start, hit.end) for hit in inside if " " in hit.name}
        if " " in before and after and any((half.start, half.end) in known for half in halves):
            yield from halves
            return
    yield name


def _untitled(text: str, name: Name, inside: Sequence[Hit], entities: Entities) -> Name | None:
    """The name without an office's title that the model took for part of it ("President Ada Obi"); None without one."""
    words = text[name.start : name.end].split(" ")
    for count in (3, 2, 1):
        title = " ".join(words[:count])
        noun = entities.nouns.get(title.lower())
        if len(words) > count and noun is not None and noun.title and noun.human and words[count][:1].isupper():
            start = name.start + len(title) + 1
            known = any(hit.start == name.start and hit.end > start for hit in inside)
            return None if known else Name(start, name.end, "PER")
    return None


def _described(text: str, name: Name, entities: Entities) -> Name | None:
    """The person's name at the end of what describes somebody, as in headlines: "Obama Adviser Joe Obi", "Zenda
    Department Inspector General Joe Obi"; None where there is none."""
    words = text[name.start : name.end].split(" ")
    known = given_names()
    first = next((k for k, word in enumerate(words) if word in known), 0)
    if first < 2 or len(words) - first < 2 or name.kind not in ("PER", "ORG"):
        return None
    bare = " ".join(words[first:])
    described = any(" ".join(words[k:first]).lower() in entities.nouns for k in (first - 1, first - 2))
    if name.kind == "PER":  # or the name stands without that elsewhere
        described = described or text.count(bare) > text.count(text[name.start : name.end])
    return Name(name.end - len(bare), name.end, "PER") if described else None


def _of_title(text: str, start: int, entities: Entities) -> bool:
    """Whether the words before `start` are a title with "of": "President of", "King of the"."""
    before = text[:start].lower().removesuffix("the ")
    if not before.endswith(" of "):
        return False
    words = before.removesuffix(" of ").split()[-3:]
    return any(
        (noun := entities.nouns.get(" ".join(words[first:]))) is not None and noun.human for first in range(len(words))
    )
