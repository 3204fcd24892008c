"""The speaker of a quotation that stands alone, with no saying words of its own."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from turnstone.coding.participants import Cast, identity
from turnstone.records import Analysis, Attribution, Mention, Participant, Span

LEAST_WORDS = 6
"""Of fewer words between marks nobody can tell that they are somebody's speech."""


@dataclass(frozen=True, slots=True)
class _Voice:
    """Somebody who may be speaking: the words that name him, and the outlet he reaches us through."""

    source: tuple[Span, ...]
    speaker: Participant
    outlet: str = ""


def with_speakers_of_orphans(
    attributions: Sequence[Attribution], text: str, analysis: Analysis, mentions: Sequence[Mention], cast: Cast
) -> tuple[Attribution, ...]:
    """The attributions, with a source for those of at least LEAST_WORDS words between quotation marks that have neither
    source nor cue.

    Such a quotation goes on with what was being said. Sentence by sentence backwards, as far as the paragraph before
    its own, it is given to the first speaker found: of the statement told or ended there, an outlet's aside and the
    outermost where one reports another; or, in the sentence that leads up to it ("Smith was blunt."), to the person who
    is the subject. A statement that is told in the sentence right after it, in the same paragraph, is as near as one in
    the sentence right before it, and nearer than any other. Nobody is chosen between two speakers who are equally near,
    nor past a sentence about somebody else.
    """
    page = _Page(text, analysis, mentions, cast, attributions)
    found = list(attributions)
    for i, one in enumerate(found):
        if page.is_orphan(one):
            voice = page.voice_of(one, found)
            if voice is not None:
                found[i] = replace(one, source=voice.source, speaker=voice.speaker, outlet=one.outlet or voice.outlet)
    return tuple(found)


class _Page:
    """The sentences and paragraphs of an article, and who is in them."""

    def __init__(
        self,
        text: str,
        analysis: Analysis,
        mentions: Sequence[Mention],
        cast: Cast,
        attributions: Sequence[Attribution],
    ) -> None:
        self._text = text
        self._tokens = analysis.tokens
        self._token_starts = [token.start for token in analysis.tokens]
        self._sentences = analysis.sentences
        self._starts = [analysis.tokens[first].start for first, _ in analysis.sentences]
        ends = [analysis.tokens[last - 1].end for _, last in analysis.sentences]
        breaks = ["\n" in text[end:start] for end, start in zip(ends, self._starts[1:], strict=False)]
        self._paragraph = list(accumulate(breaks, initial=0))
        self._people: dict[int, list[Mention]] = {}
        """By the sentences that their names stand in."""
        for mention in mentions:
            if mention.kind == "PER":
                for k in range(self._sentence(mention.start), self._sentence(mention.end - 1) + 1):
                    self._people.setdefault(k, []).append(mention)
        # the statements, by number: by the sentences in which their words end, and by that of their saying words
        self._ending: dict[int, list[int]] = {}
        self._told: dict[int, list[int]] = {}
        for i, one in enumerate(attributions):
            for k in sorted({self._sentence(piece.end - 1) for piece in (*one.cue, *one.content)}):
                self._ending.setdefault(k, []).append(i)
            if one.cue:
                self._told.setdefault(self._sentence(one.cue[0].start), []).append(i)
        self._cast = cast

    def is_orphan(self, one: Attribution) -> bool:
        if one.cue or one.source or one.kind != "direct":
            return False
        said = {i: self._tokens[i] for s in one.content for i in self._within(s)}.values()
        return sum(any(map(str.isalnum, self._text[t.start : t.end])) for t in said) >= LEAST_WORDS

    def voice_of(self, orphan: Attribution, attributions: Sequence[Attribution]) -> _Voice | None:
        start, end = orphan.content[0].start, orphan.content[-1].end
        before, distance = self._before(start, attributions)
        after = self._after(end, attributions)
        if after is None or distance == 0:
            return before
        if distance == 1:
            return before if before is not None and _same(before, after) else None
        return after

    def _before(self, start: int, attributions: Sequence[Attribution]) -> tuple[_Voice | None, int]:
        """Who spoke last before an offset and how many sentences before; -1 where nobody did."""
        own = self._sentence(start)
        passed: list[Participant] = []
        for k in range(own, -1, -1):
            if self._paragraph[k] < self._paragraph[own] - 1:
                break
            voices = [
                self._outermost(one, attributions)
                for one in (attributions[i] for i in self._ending.get(k, ()))
                if _speaks(one) and self._told_before(one, start) == k
            ]
            if voices:
                voices = [voice for voice in voices if not self._is_pronoun(voice)] or voices
                others = [*(voice.speaker for voice in voices), *passed]
                agree = all(identity(other) == identity(voices[0].speaker) for other in others)
                return (voices[0] if agree else None), own - k
            person = self._subject(k, start)
            if person is not None:
                if not passed and self._leads_up(k, own):
                    return _Voice((Span(person.start, person.end),), person), own - k
                passed.append(person)
        return None, -1

    def _after(self, end: int, attributions: Sequence[Attribution]) -> _Voice | None:
        """Who speaks in the sentence after an offset, if it is in the same paragraph; nobody where several do."""
        own = self._sentence(end - 1)
        voices = [
            self._outermost(one, attributions)
            for one in (attributions[i] for i in self._told.get(own + 1, ()))
            if _speaks(one)
        ]
        beside = own + 1 < len(self._paragraph) and self._paragraph[own + 1] == self._paragraph[own]
        agree = beside and bool(voices) and all(_same(voice, voices[0]) for voice in voices)
        return voices[0] if agree else None

    def _told_before(self, one: Attribution, start: int) -> int:
        """The sentence of the last words of a statement before an offset; -1 where it is told only after that."""
        if one.cue and one.cue[0].start >= start:
            return -1
        ends = [piece.end for piece in (*one.cue, *one.content) if piece.end <= start]
        return self._sentence(max(ends) - 1) if ends else -1

    def _subject(self, k: int, start: int) -> Participant | None:
        """The person whom a sentence is about, if he is named before an offset."""
        first, last = self._sentences[k]
        for token in self._tokens[first:last]:
            if token.relation == "nsubj" and token.end <= start and self._tokens[token.head].head < 0:
                for person in self._people.get(k, ()):
                    if person.start <= token.start and token.end <= person.end:
                        return self._cast.of(Span(person.start, person.end))[0]
        return None

    def _leads_up(self, k: int, own: int) -> bool:
        """Whether a sentence stands right before another one in its paragraph, or ends in a colon before it."""
        end = self._tokens[self._sentences[k][1] - 1]
        colon = self._text[end.start : end.end] == ":"
        return own - k <= 1 and (self._paragraph[k] == self._paragraph[own] or colon)

    def _outermost(self, one: Attribution, attributions: Sequence[Attribution]) -> _Voice:
        """The speaker of a statement, or of the outermost one by no outlet that reports it in its own sentence."""
        seen, best = [one], one
        while seen[-1].within >= 0:
            above = attributions[seen[-1].within]
            if above in seen or not self._in_one_sentence(one, above):
                break
            seen.append(above)
            best = above if _speaks(above) else best
        assert best.speaker is not None
        return _Voice(best.source, best.speaker, best.outlet)

    def _in_one_sentence(self, one: Attribution, other: Attribution) -> bool:
        """Whether the saying words of two statements stand in one sentence."""
        return len({self._sentence(piece.start) for told in (one, other) for piece in told.cue[:1]}) == 1

    def _is_pronoun(self, voice: _Voice) -> bool:
        """Whether a pronoun is all there is of a speaker."""
        inside = [self._tokens[i] for i in self._within(Span(voice.speaker.start, voice.speaker.end))]
        return not voice.speaker.entity_id and all(token.upos == "PRON" for token in inside)

    def _within(self, span: Span) -> list[int]:
        """The words that lie within a span."""
        first, last = bisect_left(self._token_starts, span.start), bisect_left(self._token_starts, span.end)
        return [i for i in range(first, last) if self._tokens[i].end <= span.end]

    def _sentence(self, offset: int) -> int:
        return max(0, bisect_right(self._starts, offset) - 1)


def _speaks(one: Attribution) -> bool:
    """Whether a statement has a speaker who is no outlet."""
    return one.speaker is not None and one.outlet != one.speaker.name


def _same(one: _Voice, other: _Voice) -> bool:
    return identity(one.speaker) == identity(other.speaker)
