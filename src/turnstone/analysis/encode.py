"""Turn words into what the network reads: word pieces, and the case shape that an uncased vocabulary loses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain
from pathlib import Path

from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

CLS, SEP, UNK = 101, 102, 100
SHAPES = 8
MAX_PIECES_PER_WORD = 8


@lru_cache(maxsize=100_000)
def shape(word: str) -> int:
    """Case shape: 0 lower, 1 Title, 2 UPPER, 3 miXed, 4 digits, 5 letters and digits, 6 other, 7 one capital."""
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return 4 if any(c.isdigit() for c in word) else 6
    if any(c.isdigit() for c in word):
        return 5
    if all(not c.isupper() for c in letters):
        return 0
    if len(letters) == 1:
        return 7
    if all(c.isupper() for c in letters):
        return 2
    return 1 if letters[0].isupper() and not any(c.isupper() for c in letters[1:]) else 3


@dataclass(frozen=True)
class Encoded:
    """One window of words: piece ids with [CLS] and [SEP], and per word its first and last piece and its shape."""

    pieces: tuple[int, ...]
    first: tuple[int, ...]
    last: tuple[int, ...]
    shapes: tuple[int, ...]


class Encoder:
    """Encodes words with a WordPiece vocabulary file; remembers the pieces of words it has seen."""

    def __init__(self, vocabulary: Path) -> None:
        pieces = vocabulary.read_text(encoding="utf-8").splitlines()
        tokenizer = Tokenizer(WordPiece({piece: i for i, piece in enumerate(pieces)}, unk_token="[UNK]"))
        tokenizer.normalizer = BertNormalizer(lowercase=True)
        tokenizer.pre_tokenizer = BertPreTokenizer()
        self._tokenizer = tokenizer
        self.pieces_of = lru_cache(maxsize=100_000)(self._pieces_of)

    def _pieces_of(self, word: str) -> tuple[int, ...]:
        return tuple(self._tokenizer.encode(word[:100]).ids[:MAX_PIECES_PER_WORD]) or (UNK,)

    def encode(self, words: Sequence[str]) -> Encoded:
        """Encode the words of one window."""
        pieces = [self.pieces_of(word) for word in words]
        last = tuple(accumulate(map(len, pieces)))
        first = tuple(end - len(own) + 1 for end, own in zip(last, pieces, strict=True))
        return Encoded((CLS, *chain.from_iterable(pieces), SEP), first, last, tuple(map(shape, words)))
