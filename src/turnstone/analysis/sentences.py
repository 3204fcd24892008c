"""Find where sentences end in newswire: abbreviations, initials, quotations, brackets, datelines, headlines.

Full stops that are missing altogether (a headline run into the first sentence) are found later, by the
model's sentence-start scores; see `turnstone.analysis.analyse`.
"""

from __future__ import annotations

import regex

from turnstone.analysis.words import COMPANY, TITLES, Span

_CLOSERS = frozenset("\"'”’»)]}")
_OPENERS = frozenset("\"'“‘«([{—–-•*")
_BREAK = regex.compile(r"\n[^\S\n]*\n|\r\n[^\S\n]*\r\n|\u2029|\n[^\S\n]*(?=[•*\-–—]\s)")
_LINE = regex.compile(r"\n|\u2028|\u0085")
_IN_LINE = frozenset(("", " "))


def split(text: str, words: list[Span]) -> list[int]:
    """Index of the first word of each sentence, beginning with 0; empty for a text without words."""
    starts = [0] if words else []
    open_brackets = 0
    for i in range(1, len(words)):
        before = text[words[i - 1][0] : words[i - 1][1]]
        word = text[words[i][0] : words[i][1]]
        gap = text[words[i - 1][1] : words[i][0]]
        if before in "([" and len(before) == 1:
            open_brackets += 1
        elif before in ")]" and len(before) == 1:
            open_brackets = max(0, open_brackets - 1)
        if gap not in _IN_LINE and (_BREAK.search(gap) or (_LINE.search(gap) and _line_ends(text, words, i))):
            starts.append(i)
            open_brackets = 0
        elif (
            gap
            and open_brackets == 0
            and not before[-1].isalnum()
            and _ends(text, words, i, starts[-1])
            and _begins(text, words, i, word)
        ):
            starts.append(i)
    return starts


def _line_ends(text: str, words: list[Span], i: int) -> bool:
    """A single line break ends a sentence unless the line was wrapped in mid-sentence."""
    word = text[words[i][0] : words[i][1]]
    line_start = text.rfind("\n", 0, words[i - 1][1]) + 1
    wrapped = words[i - 1][1] - line_start >= 50 and (word[0].islower() or word[0].isdigit())
    return not wrapped and not (word[0].islower() and text[words[i - 1][1] - 1] in ",;")


def _ends(text: str, words: list[Span], i: int, start: int) -> bool:
    """Whether the words before `i` could close a sentence."""
    k = i - 1
    while k > start and text[words[k][0] : words[k][1]] in _CLOSERS:
        k -= 1
    last = text[words[k][0] : words[k][1]]
    if last in ("!", "?", "…", "?!", "!!"):
        return True
    if not last.endswith("."):
        return False
    if last == "." or set(last) == {"."}:
        return True
    stem = last[:-1].lower()
    if stem in TITLES:
        return False
    if stem in COMPANY or (stem.count(".") and len(stem) <= 5):  # U.S.  p.m.  Inc.
        following = text[words[i][0] : words[i][1]]
        return k < i - 1 or following in _SENTENCE_STARTERS
    return False


_SENTENCE_STARTERS = frozenset(
    "The A An He She It They We I But In On At This That These Those However Meanwhile Both His Her Their Its There "
    "After Before According And While When If As Since Some Many".split()
)


def _begins(text: str, words: list[Span], i: int, word: str) -> bool:
    """Whether word `i` could open a sentence."""
    if (
        word[0].isupper()
        or word[0].isdigit()
        or (not word[0].isascii() and word[0].isalpha() and not word[0].islower())
    ):
        return True
    if word[0] in _OPENERS or word in ("@", "#") or word[0] in "@#":
        following = text[words[i + 1][0] : words[i + 1][1]] if i + 1 < len(words) else ""
        return not following[:1].islower() or (word[0] in "“«([" and text[words[i - 1][0] : words[i - 1][1]] == ".")
    return False
