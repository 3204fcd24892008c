"""Who says what, and through whom it reached us."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from turnstone.coding.clauses import Clauses
from turnstone.coding.orphan_quotations import with_speakers_of_orphans
from turnstone.coding.participants import Cast
from turnstone.records import Analysis, Attribution, Mention, Participant, Quotation, Span

_MEDIA_WORDS = frozenset(
    "agency agencies media newspaper newspapers daily broadcaster television tv radio reports report outlet outlets "
    "press".split()
)
_CITING = frozenset(("citing", "quoting"))
_BLOCK = 256


def code_attributions(text: str, analysis: Analysis, mentions: Sequence[Mention]) -> tuple[Attribution, ...]:
    """The article's attributions in the order of their cues: speakers resolved, chains linked, and quotations that
    stand alone given to whoever was speaking."""
    cast = Cast(text, analysis, mentions)
    clauses = Clauses(analysis.tokens)
    quotations = sorted(analysis.quotations, key=lambda q: (_first(q), _last(q)))
    speakers = [_speaker(text, q, cast, clauses, mentions) for q in quotations]
    outlets = [
        speaker.name
        if speaker and _is_medium(text, quotation, speaker, mentions)
        else _told_to(quotation, cast, clauses)
        for quotation, speaker in zip(quotations, speakers, strict=True)
    ]
    saying = Contents([quotation.content for quotation in quotations])
    within = [_within(text, i, quotations, saying) for i in range(len(quotations))]
    by_source: dict[tuple[Span, ...], list[int]] = {}
    for i, quotation in enumerate(quotations):
        by_source.setdefault(quotation.source, []).append(i)
    found = []
    for i, (quotation, speaker) in enumerate(zip(quotations, speakers, strict=True)):
        # "told Reuters that ..., adding that ...": what one source says in one breath takes one way
        together = by_source[quotation.source] if quotation.source else []
        outlet = next((outlets[k] for k in (*_chain(i, within), *together) if outlets[k]), "")
        found.append(
            Attribution(quotation.source, quotation.cue, quotation.content, speaker, outlet, within[i], quotation.kind)
        )
    return with_speakers_of_orphans(found, text, analysis, mentions, cast)


class Contents:
    """What several statements say, each in pieces of a text, to be found by what stands in it."""

    def __init__(self, contents: Sequence[Sequence[Span]]) -> None:
        self._contents = contents
        self._blocks: dict[int, dict[int, None]] = {}
        for i, content in enumerate(contents):
            for piece in content:
                for block in range(piece.start // _BLOCK, piece.end // _BLOCK + 1):
                    self._blocks.setdefault(block, {})[i] = None

    def holding(self, span: Span) -> list[int]:
        """The statements with a piece that holds all of a span, in their order."""
        near = self._blocks.get(span.start // _BLOCK, ())
        return [i for i in near if any(s.start <= span.start and span.end <= s.end for s in self._contents[i])]


class Tellings:
    """The attributions of an article, to be found by what is said in them."""

    def __init__(self, attributions: Sequence[Attribution]) -> None:
        self._sizes = [sum(s.end - s.start for s in one.content) for one in attributions]
        self._within = [one.within for one in attributions]
        self._contents = Contents([one.content for one in attributions])

    def innermost(self, trigger: Span) -> int:
        """Index of the innermost attribution whose content holds the trigger, -1 for none."""
        holding = self._contents.holding(trigger)
        return min(holding, key=lambda i: (self._sizes[i], -len(_chain(i, self._within)), i), default=-1)


def _speaker(
    text: str, quotation: Quotation, cast: Cast, clauses: Clauses, mentions: Sequence[Mention]
) -> Participant | None:
    """Whom the source stands for; a report, for the one organisation that its words name."""
    if not quotation.source:
        return None
    source = quotation.source[0]
    if (noun := clauses.antecedent(source)) is not None:
        return replace(cast.of(noun)[0], start=source.start, end=source.end)
    speaker = cast.of(source)[0]
    if not speaker.entity_id:  # "Minister of State" ... "Ada Obi", where the tagger left a word out
        people = {(one.start, one.end) for one in mentions if one.kind == "PER"}
        named = [piece for piece in quotation.source[1:] if (piece.start, piece.end) in people]
        speaker = cast.of(named[0])[0] if named else speaker
    if not speaker.entity_id and _has_media_word(text, quotation, mentions):
        bodies = [m for m in mentions if m.kind == "ORG" and source.start <= m.start and m.end <= source.end]
        if len(bodies) == 1:
            return cast.of(Span(bodies[0].start, bodies[0].end))[0]
    return speaker


def _is_medium(text: str, quotation: Quotation, speaker: Participant, mentions: Sequence[Mention]) -> bool:
    """A medium speaks: the data says so, or the words do ("Russian news agencies", "a report in the Tribune"; not "a
    report by the inspectors")."""
    if "JRN" in speaker.sectors:
        return True
    before = text[quotation.source[0].start : speaker.start].lower().split()
    published = not before or "in" in before[-2:]
    return published and not speaker.entity_id and _has_media_word(text, quotation, mentions)


def _has_media_word(text: str, quotation: Quotation, mentions: Sequence[Mention]) -> bool:
    """Whether a source's words are those of a medium, and no person is named among them."""
    words = {word.lower() for s in quotation.source for word in text[s.start : s.end].split()}
    person = any(m.kind == "PER" and s.start <= m.start and m.end <= s.end for s in quotation.source for m in mentions)
    return bool(words & _MEDIA_WORDS) and not person


def _told_to(quotation: Quotation, cast: Cast, clauses: Clauses) -> str:
    """The outlet that a statement is made to ("told Reuters"); empty for none."""
    told = [participant for span in clauses.addressees(quotation.cue) for participant in cast.of(span)]
    return next((participant.name for participant in told if "JRN" in participant.sectors), "")


def _chain(i: int, within: Sequence[int]) -> list[int]:
    """A statement, the one it is reported in, and so on outwards."""
    chain = [i]
    while within[chain[-1]] >= 0 and within[chain[-1]] not in chain:
        chain.append(within[chain[-1]])
    return chain


def _within(text: str, i: int, quotations: Sequence[Quotation], saying: Contents) -> int:
    """The smallest other attribution whose content holds this one's cue (or its content, where it has no cue); for one
    that is cited ("citing two officials") the smallest with the same content; -1 for none."""
    own = quotations[i]
    if own.cue and text[own.cue[0].start : own.cue[0].end].lower() in _CITING:
        holding = saying.holding(own.content[0]) if own.content else []
        same = [k for k in holding if k != i and _covers(quotations[k], own)]
        return min(same, key=lambda k: _size(quotations[k]), default=-1)
    anchor = (own.cue or own.source or own.content)[0]
    best: tuple[int, int] | None = None
    for k in saying.holding(anchor):
        if k == i:
            continue
        other = quotations[k]
        mutual = any(
            s.start <= c.start and c.end <= s.end for c in (other.cue or other.source)[:1] for s in own.content
        )
        if not mutual:
            size = _size(other)
            if best is None or size < best[0]:
                best = (size, k)
    return best[1] if best else -1


def _covers(one: Quotation, other: Quotation) -> bool:
    """Whether all that one says is said in another too."""
    return all(any(s.start <= p.start and p.end <= s.end for s in one.content) for p in other.content)


def _size(quotation: Quotation) -> int:
    return sum(s.end - s.start for s in quotation.content)


def _first(quotation: Quotation) -> int:
    return min(s.start for s in (*quotation.cue, *quotation.source, *quotation.content))


def _last(quotation: Quotation) -> int:
    return max(s.end for s in (*quotation.cue, *quotation.source, *quotation.content))
