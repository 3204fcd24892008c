"""Build an article and its analysis by hand from compact rows."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from turnstone.analysis.sentences import split
from turnstone.analysis.words import words as find_words
from turnstone.records import Analysis, Article, Name, Quotation, Span, Token


def parse(
    *sentences: str,
    names: str = "",
    quotations: tuple[tuple[str, ...], ...] = (),
    published: date = date(2023, 3, 21),
) -> tuple[Article, Analysis]:
    """An article from sentences of `word/UPOS/head/relation` items, heads counted from 1 within the sentence, 0 for
    the root. A `+` before a word joins it to the one before without a space; a sentence that begins with a line break
    begins a paragraph.

    `names` is `PER Xi Jinping; ORG Gazprom`: every occurrence is named. `quotations` are (source, cue, content), each
    the first occurrence of those words, and the kind.
    """
    text = ""
    tokens: list[Token] = []
    bounds: list[tuple[int, int]] = []
    for sentence in sentences:
        first = len(tokens)
        gap = "\n\n" if sentence.startswith("\n") else " "
        for item in sentence.split():
            word, upos, head, relation = item.rsplit("/", 3)
            if word.startswith("+") and len(word) > 1:
                word = word[1:]
            elif text:
                text += gap
            gap = " "
            start = len(text)
            text += word
            place = int(head) - 1 + first if int(head) else -1
            tokens.append(Token(start, len(text), upos, word.lower(), place, relation))
        bounds.append((first, len(tokens)))
    found = []
    for item in filter(None, (one.strip() for one in names.split(";"))):
        kind, _, name = item.partition(" ")
        at = text.index(name)
        while at >= 0:
            found.append(Name(at, at + len(name), kind))  # type: ignore[arg-type]
            at = text.find(name, at + len(name))
    found.sort(key=lambda name: (name.start, -name.end))
    kept: list[Name] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)

    def spans(words: str) -> tuple[Span, ...]:
        if not words:
            return ()
        at = text.index(words)
        return (Span(at, at + len(words)),)

    quoted = tuple(Quotation(*map(spans, one[:3]), *one[3:]) for one in quotations)  # type: ignore[arg-type]
    return (
        Article("a", published, text),
        Analysis(tuple(tokens), tuple(bounds), tuple(kept), quoted, ()),
    )


def plain(text: str) -> str:
    """A sentence for `parse` without a tree: every word a noun that heads itself, marks punctuation."""
    spans = find_words(text)
    items = []
    for i, (start, end) in enumerate(spans):
        joined = "+" if i and spans[i - 1][1] == start else ""
        items.append(f"{joined}{text[start:end]}/{'NOUN' if text[start].isalnum() else 'PUNCT'}/0/root")
    return ("\n" if text.startswith("\n") else "") + " ".join(items)


def read(text: str) -> tuple[tuple[Token, ...], tuple[tuple[int, int], ...]]:
    """The words and sentences of a text as the analysis finds them, without trees; a word with a capital is a name."""
    spans = find_words(text)
    tokens = []
    for start, end in spans:
        word = text[start:end]
        upos = "PROPN" if word[0].isupper() else "NOUN" if word[0].isalnum() else "PUNCT"
        tokens.append(Token(start, end, upos, word.lower(), -1, "root"))
    return tuple(tokens), tuple(pairwise([*split(text, spans), len(spans)]))
