from __future__ import annotations

from dataclasses import replace

import pytest

from tests.stories.samples import BOMB, ELSEWHERE, STRELSAU, TOLL, report
from turnstone.stories.reports import Party
from turnstone.stories.sameness import contradiction, reason, same_party, score, shared


def even(_: str) -> float:
    return 1.0


def test_a_toll_brought_up_to_date_contradicts_nothing() -> None:
    assert contradiction(report(BOMB), report(TOLL)) == ""


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (ELSEWHERE, "their places lie apart"),
        (replace(BOMB, event_day=-9), "their days differ"),
        (replace(BOMB, country="GRA"), "their actors differ"),
        (replace(BOMB, recipient_country="GRA"), "their recipients differ"),
        (replace(BOMB, day=8), "their days differ"),
    ],
)
def test_what_cannot_be_the_same_is_told_in_words(other: object, why: str) -> None:
    assert contradiction(report(BOMB), report(other)) == why  # type: ignore[arg-type]


def test_what_is_announced_can_be_what_is_done_later() -> None:
    text = "Graustark's chancellor meets the king of Ruritania in Strelsau."
    planned = replace(
        BOMB, text=text, trigger="meets", actor="chancellor", recipient="king", event_type="AGREE", status="future",
        event_day=6,
    )  # fmt: skip
    done = replace(planned, id="z", day=6, event_type="CONSULT", status="happened", event_day=None)
    assert contradiction(report(planned), report(done)) == ""
    assert shared(report(planned), report(done), even).kind == 0.6


def test_the_sides_of_a_meeting_may_change_places() -> None:
    text = "The chancellor meets the king in Strelsau."
    one = replace(
        BOMB, text=text, trigger="meets", actor="chancellor", country="GRA", recipient="king", event_type="CONSULT"
    )
    other = replace(one, actor="king", country="RUR", recipient="chancellor", recipient_country="GRA")
    assert contradiction(report(one), report(other)) == ""
    attack = replace(one, event_type="ACCUSE"), replace(other, event_type="ACCUSE")
    assert contradiction(report(attack[0]), report(attack[1])) != ""


def test_a_report_of_the_same_is_likelier_than_one_of_another_place_day_or_kind() -> None:
    same = score(shared(report(BOMB), report(TOLL), even))
    assert same > score(shared(report(BOMB), report(replace(TOLL, event_type="AGREE")), even))
    assert same > score(shared(report(BOMB), report(replace(TOLL, day=4)), even))


def test_the_reason_says_what_is_shared() -> None:
    one, other = report(BOMB), report(TOLL)
    assert reason(other, one, shared(other, one, even)) == (
        "both ASSAULT; participants of the same countries; the same place; 1 day apart; words in common: strelsau, "
        "bomb, docker, harbour, police; a count brought up to date"
    )


def party(name: str = "", country: str = "", entity: str = "", *sectors: str) -> Party:
    return Party(entity, frozenset(name.lower().split()), country, frozenset(sectors))


def test_two_people_of_one_country_are_less_alike_than_a_person_and_the_country() -> None:
    ana, ivo = party("Ana Sapt", "RUR", "ana-sapt"), party("Ivo Tarlen", "RUR", "ivo-tarlen")
    state = party("Ruritania", "RUR", "RUR")
    assert same_party(ana, ana) == 1.0
    assert same_party(ana, ivo) < same_party(ana, state) < 1.0
    assert same_party(ana, party("Ana Sapt", "GRA", "x")) == 1.0
    assert same_party(ana, party("Others", "GRA")) == 0.0


def test_places_far_apart_are_told_by_their_points() -> None:
    near = replace(BOMB, place=("Strelsau", 50.1, 15.6))
    assert contradiction(report(BOMB), report(near)) == ""
    far = replace(BOMB, place=("harbour", 58.0, 1.0))
    assert contradiction(report(replace(BOMB, place=STRELSAU)), report(far)) == "their places lie apart"


def test_a_year_is_no_day_that_two_reports_share() -> None:
    one, other = report(BOMB), report(replace(BOMB, day=6))
    year = {"first_day": one.published - 60, "last_day": one.published + 300, "dated": True}
    assert shared(replace(one, **year), replace(other, **year), even).days == 6  # type: ignore[arg-type]


def test_further_victims_in_another_number_are_others() -> None:
    text = "A bomb killed another nine dockers in the harbour of Strelsau, and police blamed the Black League."
    assert contradiction(report(BOMB), report(replace(BOMB, text=text))) != ""
    assert contradiction(report(BOMB), report(replace(BOMB, text=text.replace("nine", "four")))) == ""


def test_what_two_people_say_is_not_one_happening() -> None:
    text = "Ana Sapt blamed dockers for the bomb in Strelsau."
    said = report(replace(BOMB, text=text, trigger="blamed", actor="Ana Sapt", event_type="ACCUSE"))
    ana, ivo = party("Ana Sapt", "RUR", "ana-sapt"), party("Ivo Tarlen", "RUR", "ivo-tarlen")
    assert contradiction(replace(said, actors=(ana,)), replace(said, actors=(ivo,))) == "others say so"
    assert contradiction(replace(said, actors=(ana,)), replace(said, actors=(ana, ivo))) == ""


def test_the_next_days_fighting_is_less_likely_the_same_than_that_of_one_place() -> None:
    one = shared(report(BOMB), report(TOLL), even)
    later = replace(one, days=1, toll=False, fighting=True, place=-1.0, person=False)
    assert score(later) < score(replace(later, fighting=False))
    assert score(replace(later, place=1.0)) == score(replace(later, place=1.0, fighting=False))
