from __future__ import annotations

from dataclasses import replace

import pytest

from tests.stories.samples import BOMB, ELSEWHERE, STRELSAU, TOLL, report
from turnstone.stories.contradiction import contradiction
from turnstone.stories.kinds import STAGED, same_kind
from turnstone.stories.parties import same_party
from turnstone.stories.reports import Party
from turnstone.stories.sameness import reason, shared


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


def test_a_town_and_a_force_are_attacked_on_more_days_than_one_and_a_person_is_not() -> None:
    text = "Police shelled the Black League near Strelsau, and police blamed Ivo Tarlen."
    shelled = report(replace(BOMB, text=text, trigger="shelled", recipient="Black League"))
    names = shelled.recipients[0].names
    person, force, town = (
        replace(shelled, recipients=(Party("", names, "RUR", frozenset(sectors), is_place),))
        for sectors, is_place in (((), False), (("REB",), False), ((), True))
    )
    assert shared(person, person, even).person
    assert not shared(force, force, even).person and not shared(town, town, even).person
    taken = replace(town, event_type="COERCE")
    assert shared(taken, taken, even).person


def test_who_is_called_by_the_name_of_another_is_not_that_one() -> None:
    text = "In Strelsau police arrested the son of the minister Ana Sapt."
    whole = replace(BOMB, text=text, trigger="arrested", recipient="Ana Sapt", event_type="COERCE")
    for words in ("the son of the minister Ana Sapt", "Ana Sapt's house"):
        told = text.replace("the son of the minister Ana Sapt", words)
        other = report(replace(whole, text=told, recipient=words))
        assert other.recipients[0].names == frozenset()
        assert not shared(report(replace(whole, id="z")), replace(other, names=frozenset()), even).person
    wife = "Tarlen's wife Ana Sapt"
    named = report(replace(whole, text=text.replace("the son of the minister Ana Sapt", wife), recipient=wife))
    assert {"ana", "sapt"} <= named.recipients[0].names


def test_a_participant_with_the_name_of_a_place_nearby_is_a_place() -> None:
    text = "In Strelsau police shelled Zenda Bridge."
    shelled = replace(BOMB, text=text, trigger="shelled", recipient="Zenda Bridge", place=None)
    where = {"start": 0, "text": "Zenda", "resolution": "city", "country": "RUR", "geonames_id": 1, "latitude": 52.0,
             "longitude": 18.0}  # fmt: skip
    assert not report(shelled).recipients[0].is_place
    assert not report(shelled, [where]).recipients[0].is_place
    assert report(replace(shelled, recipient="Zenda"), [where]).recipients[0].is_place


def test_the_second_day_of_something_is_another_than_the_first() -> None:
    text = "Dockers marched in Strelsau for a second straight night."
    first = replace(BOMB, text="Dockers marched in Strelsau.", trigger="marched", actor="Dockers", recipient="",
                    event_type="PROTEST")  # fmt: skip
    second = replace(first, id="z", day=1, text=text)
    found = shared(report(first), report(second), even)
    assert found.nth_day
    assert not shared(report(replace(first, day=1)), report(second), even).nth_day
    house = replace(second, text=text.replace("for a second straight night", "by the second house"))
    assert not shared(report(first), report(house), even).nth_day


def test_each_day_of_a_trial_is_its_own() -> None:
    text = "The trial of Ana Sapt goes on in Strelsau."
    opened = replace(BOMB, text=text, trigger="trial", actor="", recipient="Ana Sapt", event_type="ACCUSE")
    later = replace(opened, id="z", day=1)
    found = shared(report(opened), report(later), even)
    assert found.sitting
    assert not shared(report(replace(opened, status="future")), report(later), even).sitting


def test_what_is_told_as_past_is_not_the_news_of_a_later_day() -> None:
    past = replace(report(BOMB), status="historical")
    later = report(replace(BOMB, id="z", day=1))
    found = shared(past, later, even)
    assert found.told_before
    assert not shared(report(BOMB), replace(later, status="historical"), even).told_before
    assert not shared(replace(past, dated=True), later, even).told_before


def test_an_arrest_and_a_charge_are_two_steps_of_a_case() -> None:
    assert same_kind(report(replace(BOMB, event_type="COERCE")), report(replace(BOMB, event_type="ACCUSE"))) == 0.0


def test_what_is_told_of_as_done_can_be_announced_two_days_later_in_the_same_word() -> None:
    text = "Graustark sells ships to Ruritania."
    sells = replace(BOMB, text=text, trigger="sells", actor="Graustark", country="GRA", recipient="Ruritania",
                    recipient_country="RUR", event_type="COOPERATE", place=None)  # fmt: skip
    announced = replace(sells, id="z", day=2, event_type="AGREE", status="future")
    will = replace(report(announced), dated=False, earliest=report(announced).published)
    assert contradiction(report(sells), will) == ""
    assert contradiction(replace(report(sells), trigger="give"), will) == "their days differ"


def test_bodies_that_share_a_word_of_their_names_are_others() -> None:
    african, european = party("African Union", "", "african-union"), party("European Union", "", "european-union")
    assert same_party(african, european) == 0.0
    assert same_party(party("Ivo Tarlen"), party("Tarlen")) == 1.0


def test_who_strikes_back_does_not_do_the_same() -> None:
    one = replace(BOMB, text="Graustark shelled Ruritania near Strelsau.", trigger="shelled", actor="Graustark",
                  country="GRA", recipient="Ruritania", recipient_country="RUR")  # fmt: skip
    back = replace(one, text="Ruritania shelled Graustark near Strelsau.", actor="Ruritania", country="RUR",
                   recipient="Graustark", recipient_country="GRA")  # fmt: skip
    assert contradiction(report(one), report(back)) == "their actors differ"
    fights = replace(one, text=one.text.replace("shelled", "fought"), trigger="fought")
    clash = replace(report(fights), trigger="clash"), replace(report(back), trigger="clash")
    assert contradiction(*clash) == ""


def test_a_plan_and_its_deed_are_staged_where_one_word_tells_of_both() -> None:
    text = "Graustark's chancellor will visit the king of Ruritania in Strelsau."
    plan = replace(BOMB, text=text, trigger="visit", actor="chancellor", recipient="king", event_type="AGREE",
                   status="future")  # fmt: skip
    deed = replace(plan, id="z", day=9, event_type="CONSULT", status="happened")
    planned = replace(report(plan), dated=False)
    assert shared(planned, report(deed), even).staged
    assert shared(planned, report(deed), even).days < 9
    assert contradiction(planned, report(deed)) == ""
    assert not shared(planned, replace(report(deed), event_type="ASSAULT"), even).staged
    other_word = replace(report(deed), trigger="embrace", words=report(deed).words - {"visit"})
    assert not shared(planned, other_word, even).staged


@pytest.mark.parametrize(("said", "done"), sorted(STAGED))
def test_every_pair_of_stages_can_hold_and_only_in_its_order(said: str, done: str) -> None:
    text = "The king of Ruritania promised a visit to the chancellor in Strelsau."
    before = replace(BOMB, text=text, trigger="promised", actor="king", recipient="chancellor", event_type=said)
    after = replace(before, id="z", day=3, trigger="visit", event_type=done)
    assert shared(report(before), report(after), even).staged
    assert not shared(report(replace(before, day=4)), report(after), even).staged


def test_what_is_threatened_and_then_done_is_one_happening_of_sanctions_and_forces_only() -> None:
    text = "Graustark threatened the king of Ruritania with a blockade of Strelsau."
    threat = replace(BOMB, text=text, trigger="threatened", actor="Graustark", recipient="king", event_type="THREATEN")
    blockade = replace(threat, id="z", day=5, trigger="blockade")
    for done, said in (
        ("SANCTION", ""),
        ("MOBILIZE", ""),
        ("ASSAULT", "their days differ"),
        ("COERCE", "their days differ"),
    ):
        deed = report(replace(blockade, event_type=done))
        assert shared(report(threat), deed, even).staged == (not said)
        assert contradiction(report(threat), deed) == said


def test_what_is_asked_for_and_then_done_is_no_plan_and_its_deed() -> None:
    text = "The king of Ruritania asked the chancellor of Graustark for talks in Strelsau."
    asked = replace(BOMB, text=text, trigger="asked", actor="king", recipient="chancellor", event_type="REQUEST")
    talks = replace(asked, id="z", day=5, trigger="talks", event_type="CONSULT")
    assert not shared(report(asked), report(talks), even).staged
    assert contradiction(report(asked), report(talks)) == "their days differ"


def test_two_reports_of_the_third_are_not_of_one_more() -> None:
    text = "Gunmen freed a third docker in the harbour of Strelsau, police said."
    third = report(replace(BOMB, text=text, trigger="freed", actor="Gunmen", recipient="docker"))
    fourth = report(replace(BOMB, text=text.replace("third", "fourth"), trigger="freed", actor="Gunmen",
                            recipient="docker"))  # fmt: skip
    assert not shared(third, third, even).renewed and shared(third, third, even).ordinal
    assert shared(third, fourth, even).renewed


def test_a_promise_in_other_words_is_told_from_one_in_the_same_word() -> None:
    text = "The king of Ruritania vows and agrees to meet the chancellor in Strelsau."
    vowed = replace(BOMB, text=text.replace(" and agrees", ""), trigger="vows", actor="king", recipient="chancellor",
                    event_type="AGREE")  # fmt: skip
    agreed = replace(vowed, id="z", day=1, text=text.replace("vows and ", ""), trigger="agrees")
    other = shared(report(vowed), report(agreed), even)
    same = shared(report(vowed), report(replace(agreed, text=vowed.text, trigger="vows")), even)
    assert not shared(report(vowed), report(replace(agreed, text=text)), even).reworded
    assert (other.reworded, same.reworded) == (True, False)


def test_other_words_for_what_is_done_and_not_said_are_no_other_deed() -> None:
    assert not shared(report(BOMB), report(replace(BOMB, id="z", trigger="blamed")), even).reworded


def test_what_may_be_called_off_and_is_then_refused_goes_together() -> None:
    text = "The king of Ruritania may cancel his visit to Strelsau."
    planned = replace(
        BOMB, text=text, trigger="cancel", actor="king", recipient="", event_type="CONCEDE", status="future"
    )
    done = replace(planned, id="z", day=1, event_type="REJECT", status="happened")
    found = shared(report(planned), report(done), even)
    assert found.kind == 0.6
    assert found.staged
