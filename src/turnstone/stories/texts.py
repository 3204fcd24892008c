"""What of an article is told, and what only says where it was printed: headline, byline, dateline, credit.

The words, names and numbers of what is told are what articles are compared by.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

import regex
import simplemma

from turnstone.records import Article
from turnstone.stories.agencies import credited

SIGNED_SENTENCES: Final = 10
"""How many sentences, from the beginning, articles are looked up by."""

EMPTY: Final = frozenset(
    "the a an of in on at to for from by with and or but as that this these those it its he his she her they their "
    "them is are was were be been being has have had having will would could should can may might must do does did "
    "not no nor so than then there here who whom whose which what when where while after before during over under "
    "into out up down about against between among through near more most least some any all both each other another "
    "such only own same also very just if because until since say said says according report reports reported "
    "one two three four five six seven eight nine ten people new".split()
)
"""Words that stand in every report and tell nothing of what happened."""

_LEAST_WORDS: Final = 4
_HEADLINE_WORDS: Final = 16
_DATELINE: Final = regex.compile(
    r"""^\s*(?:
        (?P<town>\p{Lu}[\p{Lu}.'’ -]{2,}(?:,\s[\p{L}. ]{2,24}?)?)
        (?:,?\s(?:\p{Lu}\p{Ll}{2,8}\.?\s\d{1,2}|\d{1,2}\s\p{Lu}\p{Ll}{2,8}))?
        \s*(?:\((?P<agency>[^)\d]{2,40})\))?\s*(?:--|[-–—:])\s+
      | \((?P<alone>\p{Lu}[^)\d]{1,40})\)\s*(?:(?:--|[-–—:])\s*)?(?=\p{Lu})
    )""",
    regex.VERBOSE,
)
_BYLINE: Final = regex.compile(r"^\s*By\s+\p{Lu}[\p{L}.'’ -]+(?:,.*|\sin\s.*|\sand\s.*)?$")
_CREDIT: Final = regex.compile(
    r"""^\s*(?:
        \((?P<agency>\p{Lu}[^)\d]{1,40})\)
      | (?:©|\(c\)|copyright)\s*(?:\d{4}\s)?(?P<owner>\p{Lu}[^.\d]{1,40})\..*
      | \(?(?:additional\s)?(?:reporting|writing|editing)\sby\b.*
      | .{0,60}\ball\srights\sreserved\.?
      | (?:with\s)?(?:files|inputs?)\sfrom\s.*
    )\s*$""",
    regex.VERBOSE | regex.IGNORECASE,
)
_SENTENCE_END: Final = regex.compile(r"""(?<=[.!?][”"’']?)\s+(?=[“"‘'(]?\p{Lu})""")
_WORD: Final = regex.compile(r"\p{L}[\p{L}'’-]*|\d[\d.,]*\d|\d")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_CARDINALS: Final = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
_ORDINALS: Final = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_NUMBER_WORDS: Final = {word: str(value) for words in (_CARDINALS, _ORDINALS) for value, word in enumerate(words, 1)}


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a sentence in lower case: which of them are names, numbers and plain words that tell something, and
    as tokens the words and pairs of words."""

    words: tuple[str, ...]
    names: frozenset[str]
    numbers: frozenset[str]
    plain: frozenset[str]
    tokens: frozenset[str]


@dataclass(frozen=True, slots=True)
class Told:
    """What an article tells, sentence by sentence, and the agency that it credits, if any."""

    sentences: tuple[Sentence, ...]
    words: int
    agency: str

    @property
    def vocabulary(self) -> frozenset[str]:
        return frozenset(word for one in self.sentences for word in one.words)


def told(article: Article) -> Told:
    """What an article tells, without headline, bylines, dateline and credits; where nothing is left, all of it."""
    lines, agency = _without_furniture(article.text)
    sentences = tuple(
        one
        for line in lines
        for part in _SENTENCE_END.split(line)
        if len((one := _sentence(part)).words) >= _LEAST_WORDS
    )
    if not sentences:
        sentences = (_sentence(article.text),)
    return Told(sentences, sum(len(one.words) for one in sentences), agency)


def _without_furniture(text: str) -> tuple[list[str], str]:
    kept: list[str] = []
    agency = ""
    lines = [line for line in text.split("\n") if line.strip()]
    for line in lines:
        if match := _DATELINE.match(line):
            agency = agency or credited(match["agency"] or match["alone"] or "")
            line = line[match.end() :]
        if not line.strip() or _BYLINE.match(line):
            continue
        if match := _CREDIT.match(line):
            agency = agency or credited(match["agency"] or match["owner"] or "")
            continue
        kept.append(line)
    bodies = [line for line in kept if not _is_headline(line)]
    return bodies or kept or lines, agency


def _is_headline(line: str) -> bool:
    bare = line.strip().rstrip("”\"'’)")
    return not bare.endswith((".", "!", "?", ":", ";", ",")) and len(bare.split()) <= _HEADLINE_WORDS


def _sentence(text: str) -> Sentence:
    words: list[str] = []
    names: set[str] = set()
    numbers: set[str] = set()
    for place, match in enumerate(_WORD.finditer(text)):
        word = match[0].removesuffix("'s").removesuffix("’s")
        lower = word.lower()
        if word[0].isdigit() or lower in _NUMBER_WORDS:
            lower = _NUMBER_WORDS.get(lower, word.replace(",", "").rstrip("."))
            numbers.add(lower)
        elif word[0].isupper() and (place > 0 or is_name(word)):
            names.add(lower)
        words.append(lower)
    pairs = {f"{one} {other}" for one, other in pairwise(words)}
    plain = frozenset(words) - names - numbers - EMPTY
    return Sentence(tuple(words), frozenset(names), frozenset(numbers), plain, frozenset(words) | pairs)


@lru_cache(maxsize=50_000)
def is_name(word: str) -> bool:
    """Whether a word that begins a sentence is a name: its dictionary form is written with a capital too."""
    return simplemma.lemmatize(word, lang="en")[:1].isupper()


def numbers_in(text: str) -> frozenset[str]:
    """The numbers of a text as digits, without years."""
    found = (match[0] for match in re.finditer(r"[A-Za-z]+|\d[\d.,]*\d|\d", text))
    return frozenset(
        _NUMBER_WORDS.get(word.lower(), word.replace(",", ""))
        for word in found
        if (word[0].isdigit() or word.lower() in _NUMBER_WORDS) and not _YEAR.fullmatch(word)
    )
