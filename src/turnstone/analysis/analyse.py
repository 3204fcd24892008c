"""One pass of the network over an article: sentences, words, dependencies, names, attributions, proposed events."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from turnstone.analysis import decode
from turnstone.analysis.event_model import EventModel
from turnstone.analysis.labels import NAMES, UPOS
from turnstone.analysis.lemmas import lemma
from turnstone.analysis.long_quotations import around, kind_of, with_whole_quotations
from turnstone.analysis.looks import ReadWindow
from turnstone.analysis.model import Model, WindowScores
from turnstone.analysis.nested_statements import with_nested_statements
from turnstone.analysis.proposals import proposals
from turnstone.analysis.quotation_marks import passages
from turnstone.analysis.quotations import Found, attributions
from turnstone.analysis.sentences import split
from turnstone.analysis.trees import tree_of
from turnstone.analysis.windows import windows
from turnstone.analysis.words import words as find_words
from turnstone.records import Analysis, Name, Proposal, Quotation, Span, Token

# above this score a sentence begins where no full stop says so, by the part of speech of its capitalised first word: a
# name has its capital anyway, a common noun ("... the crossing Officials met") has it for no other reason
START_LOGIT = 0.0
START_LOGITS = {"PROPN": 4.0, "NOUN": -2.5}

READ_AHEAD = 16  # windows; each holds less than a megabyte of scores

Sentence = tuple[int, int]
Window = tuple[list[Sentence], WindowScores]
Proposing = Callable[[EventModel, ReadWindow], list[Proposal]]


@dataclass(frozen=True)
class ParsedWord:
    """A word of a given tokenisation; `head` indexes the sentence, -1 for the root."""

    upos: str
    lemma: str
    head: int
    relation: str


def analyse(text: str, model: Model, propose: Proposing = proposals) -> Analysis:
    """Analyse a text; an empty text has an empty analysis. `propose` finds the events of each window."""
    spans = find_words(text)
    words = [text[a:b] for a, b in spans]
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    names: list[Name] = []
    found: list[Found] = []
    proposed: list[Proposal] = []
    event_model = model.event_model(len(words))
    read = _read(windows(split(text, spans), words, model.pieces), words, model)
    for inside, scores, name_tags in _ahead(read, model):
        first = inside[0][0]
        tags = [UPOS[k] for k in scores.upos.argmax(1).tolist()]
        for a, b in inside:
            of_sentence = tags[a - first : b - first]
            tree = tree_of(model, _slice(scores, a - first, b - first), words[a:b], of_sentence)
            for i, head, relation in zip(range(a, b), tree.heads, tree.relations, strict=True):
                upos = tags[i - first]
                head = -1 if head == i - a else head + a
                tokens.append(Token(*spans[i], upos, lemma(words[i], upos), head, relation))
        sentences.extend(inside)
        named: list[tuple[int, int]] = []
        for (start, _), of_words in zip(inside, name_tags, strict=True):
            for a, b, kind in _whole_names(decode.tags_to_spans(of_words, NAMES)):
                named.append((start + a, start + b))
                names.append(Name(spans[start + a][0], spans[start + b - 1][1], kind))  # type: ignore[arg-type]
        new, loose = attributions(scores, first, inside, tokens)
        for content in loose:
            # a quotation that runs on belongs to the last speaker, if it begins where that one's words ended; any
            # other stands without a speaker
            if found and found[-1].content and content[0] - found[-1].content[-1][1] <= 3:
                found[-1].content.append(content)
            else:
                found.append(Found([], [], [content]))
        found.extend(new)
        proposed.extend(propose(event_model, ReadWindow(scores, words, tokens, first, inside, named)))

    def offsets(parts: list[tuple[int, int]]) -> tuple[Span, ...]:
        return tuple(Span(spans[a][0], spans[b - 1][1]) for a, b in sorted(parts))

    marked = passages(text, tokens, sentences)
    found = with_whole_quotations(found, marked, text, tokens, sentences)
    found = with_nested_statements(found, tokens, sentences)
    quoted = around(marked)
    quotations = tuple(
        Quotation(offsets(f.source), offsets(f.cue), offsets(f.content), kind_of(f, quoted, text, tokens))
        for f in found
    )
    return Analysis(tuple(tokens), tuple(sentences), tuple(names), quotations, tuple(proposed))


def parse(sentence: Sequence[str], model: Model) -> list[ParsedWord]:
    """Parse one sentence of given words; a sentence too long for the network is parsed in pieces under one root."""
    parsed: list[ParsedWord] = []
    root = -1
    for window in windows([0] if sentence else [], list(sentence), model.pieces):
        for first, last in window:
            scores = model.run(list(sentence[first:last]))
            tags = [UPOS[k] for k in scores.upos.argmax(1).tolist()]
            tree = tree_of(model, scores, sentence[first:last], tags)
            for i, (head, relation, upos) in enumerate(zip(tree.heads, tree.relations, tags, strict=True)):
                if head != i:
                    above = head + first
                elif root < 0:
                    root = above = -1 if root < 0 else root
                    root = first + i
                else:
                    above, relation = root, "parataxis"
                parsed.append(ParsedWord(upos, lemma(sentence[first + i], upos), above, relation))
    return parsed


def _whole_names(spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Names, with those of persons that touch made one: two people are parted by a word or a comma."""
    out: list[tuple[int, int, str]] = []
    for span in spans:
        if out and out[-1][1] == span[0] and out[-1][2] == span[2] == "PER":
            out[-1] = (out[-1][0], span[1], "PER")
        else:
            out.append(span)
    return out


def _slice(scores: WindowScores, a: int, b: int) -> WindowScores:
    if a == 0 and b == len(scores.start):
        return scores
    return WindowScores(
        scores.start[a:b], scores.upos[a:b], scores.names[a:b], scores.attribution[a:b], scores.arcs[a:b, a:b],
        scores.links[a:b, a:b], scores.trigger[a:b], scores.actor[a:b, a:b], scores.recipient[a:b, a:b],
        scores.label_dependent[a:b], scores.label_head[a:b], scores.meaning[a:b],
    )  # fmt: skip


def _ahead(read: Iterator[Window], model: Model) -> Iterator[tuple[list[Sentence], WindowScores, list[list[int]]]]:
    """The windows with the name tags of their sentences. Some are read before the first is given: network and decoding
    in turn would push each other out of the processor's caches, and tags are found for many sentences at once."""
    while some := list(islice(read, READ_AHEAD)):
        names = [scores.names[a - window[0][0] : b - window[0][0]] for window, scores in some for a, b in window]
        tags = iter(model.name_tags(names))
        for window, scores in some:
            yield window, scores, list(islice(tags, len(window)))


def _read(packed: list[list[Sentence]], words: Sequence[str], model: Model) -> Iterator[Window]:
    """The windows with their scores; where the network sees a sentence begin that no full stop marks, the two sides
    are read anew, each in a window of its own."""
    for window in packed:
        scores = model.run(words[window[0][0] : window[-1][1]])
        cut = _missing_stop(window, scores, words)
        if cut is None:
            yield window, scores
            continue
        before = [(a, min(b, cut)) for a, b in window if a < cut]
        after = [(max(a, cut), b) for a, b in window if b > cut]
        yield before, model.run(words[before[0][0] : cut])
        yield from _read([after], words, model)


def _missing_stop(window: list[Sentence], scores: WindowScores, words: Sequence[str]) -> int | None:
    """The first word that begins a sentence inside a sentence of the window, None where no stop is missing."""
    offset = window[0][0]
    for i in (np.flatnonzero(scores.start > min(START_LOGITS.values())) + offset).tolist():
        if not any(first + 4 <= i < last - 3 for first, last in window):
            continue
        capital = words[i][0].isupper() and words[i - 1][-1].isalnum() and not words[i - 1][0].isupper()
        upos = UPOS[int(scores.upos[i - offset].argmax())]
        if capital and scores.start[i - offset] > START_LOGITS.get(upos, START_LOGIT):
            return i
    return None
