"""On whose word an event is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.coding.test_repetitions import event
from turnstone.coding.vouching import with_vouchers
from turnstone.records import Attribution, Event, Participant, Span

TEXT = "A guard said the court had sentenced rebels who struck the port; talks are expected."
GUARD, COURT = Participant(2, 7, "guard", "g"), Participant(17, 22, "court", "c")


def span(words: str) -> Span:
    at = TEXT.index(words)
    return Span(at, at + len(words))


SAID = Attribution((span("guard"),), (span("said"),), (span("the court had sentenced rebels who struck the port"),),
                   GUARD)  # fmt: skip
RULED = Attribution((span("court"),), (span("had sentenced"),), (span("rebels who struck the port"),), COURT, within=0)
EXPECTED = Attribution((), (span("are expected"),), (span("talks"),))
SENTENCED = replace(event("Strikes"), event_type="SANCTION", quad=4, trigger=span("sentenced"), attribution=0)
STRUCK = replace(event("Strikes"), trigger=span("struck"), attribution=1)


def voucher(one: Event, *others: Event, said: tuple[Attribution, ...] = (SAID, RULED, EXPECTED)) -> int:
    return with_vouchers([one, *others], said, TEXT)[0].attribution


def test_what_a_deed_takes_as_known_is_on_the_word_of_who_reports_the_deed() -> None:
    assert voucher(STRUCK, SENTENCED) == 0


def test_what_a_reproach_says_is_a_claim() -> None:
    assert voucher(STRUCK, replace(SENTENCED, event_type="ACCUSE", quad=3)) == 1


def test_so_is_what_is_to_come() -> None:
    assert voucher(replace(STRUCK, status="future"), SENTENCED) == 1


@pytest.mark.parametrize(("quad", "actor", "left"), [(3, GUARD, -1), (4, GUARD, 0), (3, COURT, 0)])
def test_nobody_vouches_for_having_spoken_himself(quad: int, actor: Participant, left: int) -> None:
    spoken = replace(STRUCK, quad=quad, actors=(actor,), attribution=0)
    assert voucher(spoken) == left
    assert voucher(spoken, said=(replace(SAID, outlet="the Gazette"),)) == 0


def test_an_act_is_not_told_by_its_own_word() -> None:
    assert voucher(replace(SENTENCED, attribution=1)) == 0


def test_what_is_only_expected_nobody_tells() -> None:
    meet = replace(event("Strikes"), event_type="CONSULT", quad=1, status="future", trigger=span("talks"))
    assert voucher(replace(meet, attribution=2)) == -1
    surprise = replace(SAID, source=(), speaker=None, cue=(span("had sentenced"),))
    assert voucher(replace(meet, attribution=0), said=(surprise,)) == 0
    rumoured = replace(EXPECTED, cue=(span("had sentenced"),))
    assert voucher(replace(meet, attribution=0), said=(rumoured,)) == 0
