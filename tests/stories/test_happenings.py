from __future__ import annotations

from dataclasses import replace

import pytest

from tests.stories.samples import BOMB, ELSEWHERE, TOLL, News, report
from turnstone.day_basis import likely
from turnstone.stories import happenings
from turnstone.stories.happenings import DAYS, Happenings, Link, happening_id
from turnstone.stories.reports import Report, Spot


def joined(*news: News, groups: dict[str, str] | None = None) -> list[Link]:
    joining = Happenings(groups)
    return [joining.take(report(one)) for one in news]


def test_reports_of_one_happening_join_and_say_why() -> None:
    first, second, third = joined(BOMB, TOLL, ELSEWHERE)
    assert first.happening_id == second.happening_id == happening_id(report(BOMB))
    assert (second.linked_article_id, second.linked_event_id) == ("a", "1")
    assert second.reason.startswith("both ASSAULT")
    assert third.happening_id != first.happening_id


def test_a_happening_keeps_its_id_when_reports_join() -> None:
    assert joined(BOMB)[0] == joined(BOMB, TOLL)[0]


def test_a_report_that_comes_too_late_begins_a_happening() -> None:
    late = replace(BOMB, id="z", day=DAYS + 1, event_day=0)
    inside = replace(late, day=DAYS)
    assert joined(BOMB, inside)[1].linked_article_id == "a"
    assert joined(BOMB, late)[1].linked_article_id == ""


def test_one_report_elsewhere_keeps_another_out() -> None:
    """The second lacks a place and joins; the third would be like the second, but lies elsewhere than the first."""
    nowhere = replace(BOMB, id="b", place=None)
    elsewhere = replace(ELSEWHERE, text=BOMB.text.replace("Strelsau", "Zenda"), day=0)
    first, second, third = joined(BOMB, nowhere, elsewhere)
    assert second.happening_id == first.happening_id
    assert third.happening_id != first.happening_id


def test_the_same_in_another_country_or_of_another_day_and_place_is_another() -> None:
    abroad = replace(report(replace(BOMB, id="b")), spot=Spot(9, "GRA", 50.0, 15.5, "city"))
    joining = Happenings()
    first = joining.take(report(BOMB))
    assert joining.take(abroad).happening_id != first.happening_id
    text = BOMB.text.replace("Strelsau", "Zenda")
    later = replace(ELSEWHERE, text=text, day=4, event_type="AGREE", status="historical")
    one, other = joined(replace(BOMB, event_type="AGREE", status="historical"), later)
    assert one.happening_id != other.happening_id


def test_who_shares_hardly_a_word_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(happenings, "likely", lambda *_: 1.0)
    far = replace(
        BOMB, id="b", text="A flood in Strelsau.", trigger="flood", actor="", recipient="", place=None, event_type="AID"
    )
    one, other = joined(BOMB, far)
    assert one.happening_id != other.happening_id
    assert len({link.happening_id for link in joined(BOMB, TOLL)}) == 1


@pytest.mark.parametrize(("chances", "joins"), [((0.9, 0.2), True), ((0.6, 0.2), False), ((0.95, 0.05), False)])
def test_a_report_is_likely_with_one_with_all_on_average_and_unlikely_with_none(
    monkeypatch: pytest.MonkeyPatch, chances: tuple[float, float], joins: bool
) -> None:
    def likely(one: Report, other: Report, _: object) -> float:
        return 1.0 if one.article_id == "b" else chances[0] if other.article_id == "a" else chances[1]

    monkeypatch.setattr(happenings, "likely", likely)
    first, second, third = joined(BOMB, replace(BOMB, id="b"), replace(BOMB, id="c"))
    assert second.happening_id == first.happening_id
    assert (third.happening_id == first.happening_id) == joins


def test_copies_of_one_text_report_the_same() -> None:
    again = replace(BOMB, id="b", day=5)
    link = joined(BOMB, again)[1]
    assert link.linked_article_id == "a" and not link.reason.startswith("copies")
    link = joined(BOMB, again, groups={"a": "a", "b": "a"})[1]
    assert (link.score, link.reason.split(";")[0]) == (1.0, "copies of one text")


def test_a_second_event_of_a_sentence_finds_what_other_articles_tell() -> None:
    """The words of its own article are the rarest, and there are more of them than are asked for."""
    text = (
        "A bomb killed four dockers in the harbour of Strelsau, and police blamed the Black League for the blast among "
        "barges, cranes, sheds, trawlers, winches, anchors, buoys, nets and lanterns there."
    )
    one = replace(BOMB, id="b", text=text, trigger="blamed", event_type="ACCUSE", actor="police", recipient="dockers")
    joining = Happenings()
    first = joining.take(report(BOMB))
    joining.take(report(one))
    second = replace(report(replace(one, trigger="killed", event_type="ASSAULT")), event_id="2")
    assert joining.take(second).happening_id == first.happening_id


def test_two_events_of_a_sentence_are_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(happenings, "likely", lambda *_: 1.0)
    joining = Happenings()
    first = joining.take(report(BOMB))
    blamed = replace(report(replace(BOMB, trigger="blamed")), event_id="2")
    assert joining.take(blamed).happening_id != first.happening_id
    assert joining.take(report(replace(BOMB, id="b"))).happening_id == first.happening_id


def test_what_is_called_by_its_year_is_one_happening_however_long_it_is_told_of() -> None:
    texts = (
        "Ministers of Graustark met over the 2023 Ruritanian invasion of Zenda.",
        "Bakers marched against the 2023 Ruritanian invasion of Zenda.",
        "Prices rose with the 2022 Ruritanian invasion of Zenda.",
        "Bread had run out before the 2023 Ruritanian protests in Zenda.",
    )
    news = [News(str(n), 9 * n, text, text.split()[-3]) for n, text in enumerate(texts)]
    links = joined(*news)
    assert links[1].happening_id == links[0].happening_id
    assert (links[1].score, links[1].reason) == (0.95, "both of the 2023 invasion ruritanian zenda")
    assert len({link.happening_id for link in links}) == 3


def test_a_label_before_the_news_is_no_word_of_it() -> None:
    text = "2023 Zenda protests: Police shot two dockers in Strelsau."
    labelled = report(News("a", 0, text, "shot"))
    assert {"zenda", "protest"}.isdisjoint(labelled.words)
    assert "zenda" in report(News("a", 0, text, "protests")).words


def test_a_day_that_is_only_likely_is_no_evidence() -> None:
    told = replace(BOMB, id="b", day=9, event_day=4)
    guessed = replace(told, date_basis=likely("Monday", "on Monday", False))
    assert report(told).dated and not report(guessed).dated
    assert report(told).earliest == report(told).latest
    undated = replace(told, event_day=None)
    assert (report(guessed).earliest, report(guessed).latest) == (report(undated).earliest, report(undated).latest)
