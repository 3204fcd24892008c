"""Attributions put together from tags, links and the tree."""

from __future__ import annotations

import numpy as np

from tests.builders import parse
from turnstone.analysis.model import WindowScores
from turnstone.analysis.quotations import Found, attributions
from turnstone.records import Analysis


def scores(tags: list[tuple[str, str, str]], links: dict[int, int]) -> WindowScores:
    """Scores that give each word its B, I or O for source, cue, content, and its link."""
    size = len(tags)
    attribution = np.zeros((size, 9), np.float32)
    for i, roles in enumerate(tags):
        for k, tag in enumerate(roles):
            attribution[i, 3 * k + "OBI".index(tag)] = 5
    table = np.zeros((size, size), np.float32)
    for word, cue in links.items():
        table[word, cue] = 9
    empty = np.zeros((size, 0), np.float32)
    one = np.zeros(size, np.float32)
    return WindowScores(one, empty, empty, attribution, table, table, one, table, table, empty, empty, empty)


def code(analysis: Analysis, tags: str, links: dict[int, int]) -> tuple[list[Found], list[tuple[int, int]]]:
    rows = [(word[0], word[1], word[2]) for word in tags.split()]
    return attributions(scores(rows, links), 0, analysis.sentences, analysis.tokens)


def test_source_and_content_go_to_their_cue() -> None:
    _, analysis = parse("Okoye/PROPN/2/nsubj said/VERB/0/root Chad/PROPN/4/nsubj agreed/VERB/2/ccomp")
    (found,), loose = code(analysis, "BOO OBO OOB OOI", {0: 1, 2: 1, 3: 1})
    assert (found.source, found.cue, found.content, loose) == ([(0, 1)], [(1, 2)], [(2, 4)], [])


def test_a_cue_in_another_sentence_is_taken_only_where_the_own_has_none() -> None:
    _, analysis = parse(
        "Okoye/PROPN/2/nsubj spoke/VERB/0/root +./PUNCT/2/punct",
        "Diallo/PROPN/2/nsubj said/VERB/0/root so/ADV/2/advmod",
    )
    (first, second), _ = code(analysis, "BOO OBO OOO BOO OBO OOB", {0: 4, 3: 4, 5: 4})
    assert (first.source, second.source) == ([(0, 1)], [(3, 4)])


def test_a_hole_of_one_word_is_filled() -> None:
    _, analysis = parse(
        "new/ADJ/3/amod Malian/ADJ/3/amod envoy/NOUN/4/nsubj said/VERB/0/root Chad/PROPN/6/nsubj left/VERB/4/ccomp"
    )
    (found,), _ = code(analysis, "BOO OOO BOO OBO OOB OOI", {0: 3, 2: 3, 4: 3, 5: 3})
    assert found.source == [(0, 3)]


def test_what_an_agency_reported_is_the_clause_before() -> None:
    _, analysis = parse(
        "Okoye/PROPN/2/nsubj said/VERB/0/root he/PRON/4/nsubj left/VERB/2/ccomp +,/PUNCT/7/punct agencies/NOUN/7/nsubj "
        "reported/VERB/2/parataxis"
    )
    found, _ = code(analysis, "BOO OBO OOB OOI OOO BOO OBO", {0: 1, 2: 1, 3: 1, 5: 6})
    assert found[1].source == [(5, 6)]
    assert found[1].content == [(0, 4)]


def test_according_to_reports_the_clause_it_hangs_on() -> None:
    _, analysis = parse(
        "Chad/PROPN/2/nsubj agreed/VERB/0/root +,/PUNCT/6/punct according/VERB/6/case to/ADP/4/fixed "
        "Reuters/PROPN/2/obl"
    )
    (found,), _ = code(analysis, "OOO OOO OOO OBO OIO BOO", {5: 3})
    assert found.source == [(5, 6)]
    assert found.content == [(0, 2)]


def test_a_content_without_any_cue_is_loose() -> None:
    _, analysis = parse("They/PRON/2/nsubj left/VERB/0/root early/ADV/2/advmod")
    assert code(analysis, "OOB OOI OOI", {}) == ([], [(0, 3)])


def test_according_to_holds_all_that_stands_before() -> None:
    _, analysis = parse(
        "Chad/PROPN/2/nsubj agreed/VERB/5/ccomp +,/PUNCT/2/punct Okoye/PROPN/5/nsubj said/VERB/0/root "
        "+,/PUNCT/9/punct according/VERB/9/case to/ADP/7/fixed AFP/PROPN/5/obl"
    )
    tags = "OOB OOI OOO BOO OOO OOO OBO OIO BOO"
    (found, *_), _ = code(analysis, tags, {0: 6, 1: 6, 3: 6, 8: 6})
    assert (found.source, found.content) == ([(8, 9)], [(0, 5)])
