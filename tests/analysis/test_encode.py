"""Word pieces and case shapes."""

from __future__ import annotations

from pathlib import Path

import pytest

from turnstone.analysis.encode import CLS, SEP, Encoder, shape


@pytest.mark.parametrize(
    ("word", "expected"),
    [("talks", 0), ("Kyiv", 1), ("NATO", 2), ("McCabe", 3), ("2023", 4), ("F16", 5), ("—", 6), ("A", 7), ("", 6)],
)
def test_shape(word: str, expected: int) -> None:
    assert shape(word) == expected


def vocabulary(folder: Path) -> Path:
    pieces = ["[PAD]", *(f"[unused{i}]" for i in range(99)), "[UNK]", "[CLS]", "[SEP]", "talk", "##s", "'", "s"]
    path = folder / "vocab.txt"
    path.write_text("\n".join(pieces), encoding="utf-8")
    return path


def test_pieces_of_words(tmp_path: Path) -> None:
    encoded = Encoder(vocabulary(tmp_path)).encode(["Talks", "'s", "\u0301", "☃"])
    assert encoded.pieces == (CLS, 103, 104, 105, 106, 100, 100, SEP)
    assert encoded.first == (1, 3, 5, 6)
    assert encoded.last == (2, 4, 5, 6)
    assert encoded.shapes == (1, 0, 6, 6)
