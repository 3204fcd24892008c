"""Build an article and its analysis by hand from compact rows."""

from __future__ import annotations

from datetime import date

from turnstone.records import Analysis, Article, Name, Quotation, Span, Token


def parse(
    *sentences: str,
    names: str = "",
    quotations: tuple[tuple[str, str, str], ...] = (),
    published: date = date(2023, 3, 21),
) -> tuple[Article, Analysis]:
    """An article from sentences of `word/UPOS/head/relation` items, heads counted from 1 within the sentence, 0 for
    the root. A `+` before a word joins it to the one before without a space.

    `names` is `PER Xi Jinping; ORG Gazprom`: every occurrence is named. `quotations` are (source, cue, content), each
    the first occurrence of those words.
    """
    text = ""
    tokens: list[Token] = []
    bounds: list[tuple[int, int]] = []
    for sentence in sentences:
        first = len(tokens)
        for item in sentence.split():
            word, upos, head, relation = item.rsplit("/", 3)
            if word.startswith("+") and len(word) > 1:
                word = word[1:]
            elif text:
                text += " "
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

    quoted = tuple(Quotation(spans(source), spans(cue), spans(content)) for source, cue, content in quotations)
    return (
        Article("a", published, text),
        Analysis(tuple(tokens), tuple(bounds), tuple(kept), quoted, ()),
    )
