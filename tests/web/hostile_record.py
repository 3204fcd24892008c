"""Articles that carry markup in every field, and in the names of those they tell of."""

from __future__ import annotations

from dataclasses import replace

from tests.store.samples import article, record
from turnstone.records import Participant, Record

PAYLOADS = (
    "<script>window.hit=1</script>",
    "<img src=x onerror=window.hit=1>",
    "\"><svg onload='window.hit=1'>",
    "</script><script>window.hit=1</script>",
    "javascript:window.hit=1",
    "{{ 7 * 7 }}{% raw %}",
    "' autofocus onfocus=window.hit=1 x='",
    "<a hx-get=/ hx-trigger=load hx-on::load=window.hit=1>\u202ex",
)


def hostile() -> list[Record]:
    return [_told(number, payload) for number, payload in enumerate(PAYLOADS)]


def _told(number: int, payload: str) -> Record:
    text = f"Ruritania invited Graustark to talks in Strelsau on Friday, envoy {payload} said. {payload}"
    fields = {name: payload for name in ("origin", "title", "publisher", "author", "url")}
    told = record(article(f"{number}{payload}", text, day=number + 1, **fields))
    (event,) = told.coded.events
    assert event.place
    (first,) = told.coded.attributions
    assert first.speaker
    named = Participant(event.actors[0].start, event.actors[0].end, payload, payload, "RUR", ("GOV",))
    event = replace(
        event,
        id=payload,
        actors=(named,),
        recipients=(replace(event.recipients[0], name=payload),),
        date_basis=payload,
        place=replace(event.place, name=f"Strelsau {payload}", latitude=20.0, longitude=40.0 * number - 140),
        evidence=replace(event.evidence, end=len(text)),
    )
    spoken = replace(first, speaker=replace(first.speaker, name=payload), outlet=payload)
    return replace(told, coded=replace(told.coded, events=(event,), attributions=(spoken,)))
