"""Names that are one however they are spelt: "Shinzō Abe" and "Shinzo Abe", "Sergey Shoygu" and "Sergei Shoigu"."""

from __future__ import annotations

import re
import unicodedata

from turnstone.knowledge.letters import PLAIN_LETTERS

_LETTERS = str.maketrans(PLAIN_LETTERS | dict.fromkeys("-‑–", " ") | dict.fromkeys("'’‘ʻʼ`.", ""))
_ARTICLES = frozenset(("al", "el", "as", "ad", "ar", "an", "az", "ash", "at"))
_PARTICLES = frozenset(("da", "de", "di", "do", "dos", "bin", "ibn", "ben", "van", "von", "abu", "ould", "jr", "sr"))
# ways to write one sound in the letters of English, in the order in which they are put right
_PAIRS = (
    ("kh", "h"), ("gh", "g"), ("ph", "f"), ("tch", "ch"), ("sch", "sh"), ("tz", "ts"), ("dj", "j"), ("zh", "j"),
    ("ck", "k"), ("x", "ks"), ("ch", "\0"),
)  # fmt: skip
_SINGLE = str.maketrans("qwcyeo\0", "kvkiiuc")
_DOUBLED = re.compile(r"(.)\1+")
_FINAL_H = re.compile(r"(?<=\w\w\w)h\b")
_LEAST_LETTERS = 11


def plain(name: str) -> str:
    """A name without accents, capitals, hyphens and points; "" for one of fewer than two words that tell."""
    letters = name.lower().translate(_LETTERS)
    if not letters.isascii():
        marked = unicodedata.normalize("NFKD", letters)
        letters = "".join(letter for letter in marked if letter.isalpha() or letter == " ")
    words = letters.split()
    return " ".join(words) if _telling(words) else ""


def sound(name: str) -> str:
    """A plain name without Arabic articles and with one letter for each sound that is written in several ways; "" for
    what is too short to tell: fewer than eleven letters."""
    words = [word for word in plain(name).split() if word not in _ARTICLES]
    if sum(map(len, words)) < _LEAST_LETTERS or not _telling(words):
        return ""
    key = " ".join(words)
    for written, heard in _PAIRS:
        key = key.replace(written, heard)
    return _FINAL_H.sub("", _DOUBLED.sub(r"\1", key.translate(_SINGLE)))


def _telling(words: list[str]) -> bool:
    return sum(word not in _PARTICLES for word in words) > 1
