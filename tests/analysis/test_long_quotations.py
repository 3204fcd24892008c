"""Quotations that run on, that stand alone, and how much of a statement is quoted."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import read
from turnstone.analysis.long_quotations import around, kind_of, with_whole_quotations
from turnstone.analysis.quotation_marks import passages
from turnstone.analysis.quotations import Found

Words = tuple[str, str, str]


class Text:
    """A text whose attributions are given and told by their words, pieces parted by " | "."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens, self.sentences = read(text)
        self.marked = passages(text, self.tokens, self.sentences)

    def found(self, *statements: Words) -> list[Found]:
        return [
            Found(self._ranges(cue), self._ranges(source), self._ranges(content)) for source, cue, content in statements
        ]

    def whole(self, *statements: Words) -> list[Words]:
        found = with_whole_quotations(self.found(*statements), self.marked, self.text, self.tokens, self.sentences)
        return [(self._words(one.source), self._words(one.cue), self._words(one.content)) for one in found]

    def kind(self, *statement: str) -> str:
        source, cue, content = statement
        return kind_of(self.found((source, cue, content))[0], around(self.marked), self.text, self.tokens)

    def _ranges(self, words: str) -> list[tuple[int, int]]:
        pieces = []
        for piece in filter(None, words.split(" | ")):
            start = self.text.index(piece)
            inside = [i for i, t in enumerate(self.tokens) if start <= t.start and t.end <= start + len(piece)]
            pieces.append((inside[0], inside[-1] + 1))
        return pieces

    def _words(self, ranges: list[tuple[int, int]]) -> str:
        return " | ".join(self.text[self.tokens[a].start : self.tokens[b - 1].end] for a, b in ranges)


def test_the_rest_of_a_quotation_joins_the_statement_that_began_it() -> None:
    text = Text("“The dam broke at night. Nobody in the valley slept. We lost the mill,” Diallo said.")
    quotation = "“The dam broke at night. Nobody in the valley slept. We lost the mill,”"
    assert text.whole(("Diallo", "said", "“The dam broke at night.")) == [("Diallo", "said", quotation)]


def test_what_nobody_says_inside_the_marks_is_part_of_it() -> None:
    text = Text("“The dam broke at night,” Diallo said. “Nobody slept. We lost the mill.”")
    first = ("Diallo", "said", "“The dam broke at night,” | “Nobody slept.")
    loose = ("", "", "We lost the mill.”")
    assert text.whole(first, loose) == [
        ("Diallo", "said", "“The dam broke at night,” | “Nobody slept. We lost the mill.”")
    ]


def test_a_quotation_over_paragraphs_has_a_piece_for_each() -> None:
    text = Text("Diallo said: “The dam broke at night.\n\n“Nobody slept.\n\n“We lost the mill.”")
    assert text.whole(("Diallo", "said", "“The dam broke at night.")) == [
        ("Diallo", "said", "“The dam broke at night. | “Nobody slept. | “We lost the mill.”")
    ]


def test_a_statement_inside_the_marks_keeps_its_words_and_does_not_own_them() -> None:
    text = Text("“Okoye told me that the mill is safe. It is gone,” Diallo said.")
    inner, outer = ("Okoye", "told", "that the mill is safe"), ("Diallo", "said", "It is gone,”")
    assert text.whole(inner, outer) == [inner, ("Diallo", "said", "“Okoye told me that the mill is safe. It is gone,”")]


def test_a_mark_that_nothing_closes_gives_nobody_more_words() -> None:
    text = Text("Diallo said: “The dam broke at night. The army came on Monday and left on Friday.")
    told = ("Diallo", "said", "“The dam broke at night.")
    assert text.whole(told) == [told]


ALONE = "“We will rebuild every house in the valley.”"


@pytest.mark.parametrize(
    "text",
    [
        f"Diallo spoke in the square.\n\n{ALONE}\n\nThen it rained.",
        f"Diallo was blunt. {ALONE} Then it rained.",
        f"Diallo had one promise: {ALONE}",
        f"{ALONE}.",
    ],
)
def test_a_quotation_in_sentences_of_its_own_becomes_a_statement(text: str) -> None:
    assert Text(text).whole() == [("", "", ALONE)]


@pytest.mark.parametrize(
    "text",
    [
        "Diallo spoke. “We will rebuild it.” Then it rained.",  # five words
        "The mill, “the oldest of all mills in the valley”, is gone.",  # part of the writer's sentence
        "He wrote it there.\n\n“The Silent Mills Under Seven Green Mountains.”",  # a title
        "Diallo spoke. “We will rebuild every house in the valley. Then it rained.",  # nothing closes it
    ],
)
def test_scare_quotes_titles_and_short_ones_are_no_statements(text: str) -> None:
    assert Text(text).whole() == []


def test_a_quotation_of_its_own_is_not_told_by_the_next_paragraph() -> None:
    text = Text(f"Diallo spoke in the square.\n\n{ALONE}\n\nOkoye said the army had come.")
    assert text.whole(("Okoye", "said", f"{ALONE} | the army had come")) == [
        ("Okoye", "said", "the army had come"),
        ("", "", ALONE),
    ]


def test_a_name_after_a_dash_signs_a_quotation() -> None:
    assert Text(f"{ALONE} — Awa Diallo, a miller").whole() == [("Awa Diallo", "—", ALONE)]
    assert Text(f"{ALONE}\n― Awa Diallo\nThe army came.").whole() == [("Awa Diallo", "―", ALONE)]
    assert Text(f"{ALONE} — Awa spoke.").whole() == [("", "", ALONE)]


def test_a_quotation_inside_another_is_part_of_it() -> None:
    text = Text("“He was clear. ‘We will never leave this old town.’ I believe every word of it.”")
    assert text.whole() == [("", "", text.text)]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "kind"),
    [
        ("“We must go,” Okoye said.", "Okoye", "said", "“We must go,”", "direct"),
        ("“We must,” Okoye said, “go.”", "Okoye", "said", "“We must,” | “go.”", "direct"),
        ("'We must go,' Okoye said.", "Okoye", "said", "'We must go,'", "direct"),
        ('Okoye said: "We must go.', "Okoye", "said", '"We must go.', "direct"),
        ("Okoye said the ferry was “a wreck” now.", "Okoye", "said", "the ferry was “a wreck” now", "partial"),
        ("Okoye said the leaders' ferry left.", "Okoye", "said", "the leaders' ferry left", "indirect"),
        ("“Okoye said it left,” Diallo said.", "Okoye", "said", "it left", "indirect"),
        ("“Okoye said ‘it left’,” Diallo said.", "Okoye", "said", "‘it left’", "direct"),
    ],
)
def test_the_kind_is_how_much_of_it_is_quoted(text: str, source: str, cue: str, content: str, kind: str) -> None:
    assert Text(text).kind(source, cue, content) == kind


@given(st.data())
@settings(deadline=None)
def test_pieces_stay_apart_and_nothing_told_is_lost(data: st.DataObject) -> None:
    parts = st.sampled_from(["“", "”", '"', " ", " ", "\n\n", "so", "Go", "they", ". ", ", "])
    text = "".join(data.draw(st.lists(parts, min_size=1)))
    tokens, sentences = read(text)
    places = st.integers(0, max(0, len(tokens) - 1))
    found = []
    for cue, first, last in data.draw(st.lists(st.tuples(places, places, places), max_size=4)) if tokens else []:
        content = [(min(first, last), max(first, last) + 1)]
        found.append(Found([(cue, cue + 1)] if first % 2 else [], [], content))
    after = with_whole_quotations(found, passages(text, tokens, sentences), text, tokens, sentences)
    for one in after:
        assert all(0 <= a < b <= len(tokens) for a, b in one.content)
        assert all(one.content[k][1] <= one.content[k + 1][0] for k in range(len(one.content) - 1))

    def covered(statements: list[Found]) -> set[int]:
        return {i for one in statements for a, b in one.content for i in range(a, b) if tokens[i].upos != "PUNCT"}

    assert covered(after) >= covered([one for one in found if one.cue and one in after])
