"""Names as they are written: capitals as newswire has them, and what kind of thing a name looks like."""

from __future__ import annotations

import re
from typing import Literal

BODY_WORDS = frozenset(
    """academy administration ag agency airlines airways alliance army assembly association authority bank base
    battalion battalions board bodies body brigade brigades bureau cabinet cartel caucus cell cells center
    centre chamber church club co coalition college command commission committee community company confederation
    conference congress consortium convention corp corporation council court department directorate division
    embassy emirate empire faction federation fighters force forces foundation front fund gmbh government group
    groups guard guards guerrillas headquarters holdings hospital inc institute institution insurgents jihad
    kingdom league liberation ltd militants military militia ministry mission monarchy movement mujahideen
    nations navy network news newspaper office organisation organization parliament party patrol platoon plc
    police press province rebels records regime regiment republic resistance sa secretariat senate service
    services society soldiers state states struggle summit syndicate television tigers times treaty tribunal
    troops union unions unit united university vanguard volunteers workers""".split()
)
_TITLES = frozenset(
    """president minister premier chancellor king queen prince princess emperor sultan emir sheikh sheik mullah
    ayatollah general colonel major captain admiral marshal senator congressman congresswoman governor mayor ambassador
    mr mrs ms dr sir lord lady baroness baron bishop archbishop cardinal pope judge justice secretary""".split()
)
_SMALL = frozenset(
    """of the and for in on at to by with against from de del della des di da do dos du von van der den la le les el
    y bin ibn e""".split()
)
_ALWAYS = frozenset("UN US UK EU UAE USA NATO OPEC ASEAN".split())
_NUMERAL = re.compile("[IVX]+")
_VOWELS = frozenset("AEIOUYÀÁÂÃÄÅÈÉÊËÌÍÎÏÒÓÔÕÖÙÚÛÜÆØŒ")
_ACRONYM_LETTERS = 7

Looks = Literal["PER", "ORG", ""]


def looks_like(name: str) -> Looks:
    """Whether a name looks like an organisation's (by its words, signs or capitals) or somebody's (a title, or two to
    four capitalised words); "" where it looks like neither."""
    words = re.findall(r"[^\W_]+(?:['’.-][^\W_]+)*\.?", name)
    lowered = [word.lower() for word in words]
    if not words:
        return ""
    if any(word.endswith("party") or word in BODY_WORDS for word in lowered) or "&" in name or "/" in name:
        return "ORG"
    if lowered[0] in _TITLES and len(words) > 1:
        return "PER"
    if any(len(word.replace(".", "")) > 1 and word.isupper() and not _NUMERAL.fullmatch(word) for word in words[1:]):
        return "ORG"
    if any(word[0].isdigit() for word in words) or "of" in lowered or "for" in lowered:
        return "ORG"
    if len(words) == 1:
        return "ORG" if len(words[0]) > 1 and words[0].replace(".", "").isupper() else ""
    return "PER" if len(words) <= 4 else ""


def has_title(name: str) -> bool:
    """Whether a name begins with somebody's title."""
    words = name.lower().split()
    return len(words) > 1 and words[0].rstrip(".") in _TITLES


def as_written(name: str, person: bool = False) -> tuple[str, ...]:
    """A name in capitals as newswire writes it, with small letters; both ways where it may be an acronym (HAMAS).
    A name that has small letters already stays as it is."""
    if any(letter.islower() for letter in name):
        return (name,)
    words = name.split()
    if len(words) == 1 and not person and (letters := name.replace(".", "")).isalpha():
        if letters in _ALWAYS or len(letters) <= 3 or "." in name or not _VOWELS.intersection(letters[1:]):
            return (name,)
        if len(letters) <= _ACRONYM_LETTERS:
            return (_capitalised(name), name)
    return (" ".join(_word(word, place, person) for place, word in enumerate(words)),)


def _word(word: str, place: int, person: bool) -> str:
    lowered = word.lower()
    if lowered in _SMALL and place and not (person and len(lowered) == 1):
        return lowered
    letters = word.replace(".", "")
    if letters in _ALWAYS:
        return word
    if letters.isalpha() and ("." in word.rstrip(".") or (not _VOWELS.intersection(letters) and not person)):
        return word  # U.N., FC
    if person and place and lowered.startswith(("al-", "el-", "ul-")):
        return lowered[:3] + _capitalised(word[3:])
    return _capitalised(word)


def _capitalised(word: str) -> str:
    parts = re.split(r"([-/(])", word.lower())
    return "".join(_letters(part) for part in parts)


def _letters(part: str) -> str:
    if part[:1].isdigit():
        return part
    if part.startswith("mc") and len(part) > 3:
        return "Mc" + part[2:].capitalize()
    if re.match(r"[a-z]['’]\w{2}", part):
        return part[:2].upper() + part[2:].capitalize()
    for at, letter in enumerate(part):
        if letter.isalpha():
            return part[:at] + letter.upper() + part[at + 1 :]
    return part
