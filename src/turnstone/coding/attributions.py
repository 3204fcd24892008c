"""Who says what, and through whom it reached us."""

from __future__ import annotations

from collections.abc import Sequence

from turnstone.coding.participants import Cast
from turnstone.records import Analysis, Attribution, Mention, Participant, Quotation, Span

_MEDIA_WORDS = frozenset(
    "agency agencies media newspaper newspapers daily broadcaster television tv radio reports report outlet outlets "
    "press".split()
)


def code_attributions(text: str, analysis: Analysis, mentions: Sequence[Mention]) -> tuple[Attribution, ...]:
    """The article's attributions in the order of their cues: speakers resolved, chains linked."""
    cast = Cast(text, analysis, mentions)
    quotations = sorted(analysis.quotations, key=lambda q: (_first(q), _last(q)))
    speakers = [_speaker(q, cast) for q in quotations]
    media = [
        speaker is not None and _is_outlet(text, q, speaker) for q, speaker in zip(quotations, speakers, strict=True)
    ]
    found = []
    for i, (quotation, speaker) in enumerate(zip(quotations, speakers, strict=True)):
        within = _within(i, quotations)
        outlet = ""
        above, seen = within, {i}
        while above >= 0 and above not in seen:
            seen.add(above)
            upper = speakers[above]
            if media[above] and upper is not None:
                outlet = upper.name
                break
            above = _within(above, quotations)
        if media[i] and speaker is not None:
            outlet = speaker.name
        found.append(Attribution(quotation.source, quotation.cue, quotation.content, speaker, outlet, within))
    return tuple(found)


def attribution_at(trigger: Span, attributions: Sequence[Attribution]) -> int:
    """Index of the innermost attribution whose content holds the trigger, -1 for none."""
    holding = [
        (sum(s.end - s.start for s in a.content), i)
        for i, a in enumerate(attributions)
        if any(s.start <= trigger.start and trigger.end <= s.end for s in a.content)
    ]
    return min(holding)[1] if holding else -1


def _speaker(quotation: Quotation, cast: Cast) -> Participant | None:
    if not quotation.source:
        return None
    return cast.of(quotation.source[0])[0]


def _is_outlet(text: str, quotation: Quotation, speaker: Participant) -> bool:
    """A medium speaks: the data says so, or the words do ("Russian news agencies")."""
    if "JRN" in speaker.sectors:
        return True
    words = {w.lower() for s in quotation.source for w in text[s.start : s.end].split()}
    return bool(words & _MEDIA_WORDS) and not speaker.entity_id


def _within(i: int, quotations: Sequence[Quotation]) -> int:
    """The smallest other attribution whose content holds this one's cue (or its content, where it has no cue)."""
    own = quotations[i]
    anchor = (own.cue or own.source or own.content)[0]
    best: tuple[int, int] | None = None
    for k, other in enumerate(quotations):
        if k == i:
            continue
        inside = any(s.start <= anchor.start and anchor.end <= s.end for s in other.content)
        mutual = any(
            s.start <= c.start and c.end <= s.end for c in (other.cue or other.source)[:1] for s in own.content
        )
        if inside and not mutual:
            size = sum(s.end - s.start for s in other.content)
            if best is None or size < best[0]:
                best = (size, k)
    return best[1] if best else -1


def _first(quotation: Quotation) -> int:
    return min(s.start for s in (*quotation.cue, *quotation.source, *quotation.content))


def _last(quotation: Quotation) -> int:
    return max(s.end for s in (*quotation.cue, *quotation.source, *quotation.content))
