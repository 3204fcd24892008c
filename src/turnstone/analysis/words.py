"""Split text into words the way Universal Dependencies' English treebanks do, keeping offsets."""

from __future__ import annotations

import regex

# Words whose final full stop belongs to them. The first group is always followed by more of the sentence.
TITLES = frozenset(
    "mr mrs ms dr prof gen lt col capt cmdr maj sgt brig adm sen rep gov hon rev fr pres amb messrs st mt ft vs no nos"
    " art sec vol pp cf viz e.g i.e approx est".split()
)
MONTHS = frozenset("jan feb mar apr jun jul aug sep sept oct nov dec".split())
COMPANY = frozenset("inc corp ltd co cos bros jr sr plc etc dept univ assn ave blvd a.m p.m".split())
ABBREVIATIONS = TITLES | MONTHS | COMPANY

# Prefixes that keep their hyphen; every other hyphen is a word of its own, as in the treebanks.
_PREFIX = "e|co|ex|re|un|de|mid|pre|non|pro|anti|post|semi|sub|vice|al|el|ul|self"

_WORD = regex.compile(
    rf"""
    (?: https?:// | www\. ) [^\s\x1c-\x1f<>"“”]+ [^\s\x1c-\x1f<>"“”.,;:!?)\]']   # a web address
  | [\w.+-]+ @ [\w-]+ (?: \.[\w-]+ )+                          # an e-mail address
  | [@\#] \w+                                                  # a handle or tag
  | (?: \p{{L}} \. ){{2,}} (?: ['’]s )?                        # U.S., U.S.'s
  | \p{{Lu}} \. (?= \s+ \p{{Lu}} )                             # an initial
  | \d+ (?: [.,:/] \d+ )* [\p{{L}}\p{{M}}]*                    # 12,000  3.5bn  10:30  5th
  | (?: {_PREFIX} ) - [\p{{L}}\p{{M}}]+                        # pre-war
  | [\p{{L}}\p{{M}}\p{{N}}_]+ (?: ['’] [\p{{L}}\p{{M}}]+ )*    # a word, with apostrophes inside
  | \.{{2,}} | -{{2,}} | (?: \p{{So}} [\p{{M}}\u200d\ufe0f]* )+
  | [^\s\x1c-\x1f]                                             # \s leaves out what str.isspace takes as space
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
_CLITIC = regex.compile(r"(?:n['’]t|['’](?:s|re|ve|ll|d|m))$", regex.IGNORECASE)
_NAME_APOSTROPHE = regex.compile(r"^(?:[oOdDlL]|Mc)['’]\p{Lu}|^\p{L}+['’]\p{L}{2,}")

Span = tuple[int, int]


def words(text: str) -> list[Span]:
    """Half-open character offsets of every word of `text`, in order; white space belongs to none."""
    spans: list[Span] = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        word = match.group()
        if end < len(text) and text[end] == "." and word.lower() in ABBREVIATIONS and _abbreviates(text, word, end):
            spans.append((start, end + 1))
            continue
        if spans and spans[-1][1] > start:  # the full stop an abbreviation has taken
            continue
        if "'" in word or "’" in word or word.lower() == "cannot":
            spans.extend(_clitics(start, word))
        else:
            spans.append((start, end))
    return spans


def _abbreviates(text: str, word: str, end: int) -> bool:
    """Whether the full stop after one of the abbreviations belongs to it here."""
    following = text[end + 1 : end + 3].strip()
    if word.lower() in ("no", "nos", "art", "sec"):  # before a number only
        return following[:1].isdigit()
    if word.lower() in ("fr", "mt", "co"):
        return word[0].isupper() and following[:1].isalnum()
    return word[0].isalpha()


def _clitics(start: int, word: str) -> list[Span]:
    end = start + len(word)
    if word.lower() == "cannot":
        return [(start, start + 3), (start + 3, end)]
    match = _CLITIC.search(word)
    if match and match.start() > 0:
        return [(start, start + match.start()), (start + match.start(), end)]
    if _NAME_APOSTROPHE.match(word):
        return [(start, end)]
    cut = max(word.find("'"), word.find("’"))
    return [(start, end)] if cut <= 0 or end - start - cut > 1 else [(start, start + cut), (start + cut, end)]
