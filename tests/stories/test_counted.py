from __future__ import annotations

from datetime import date

from turnstone.stories.counted import days, event_type, original, sources, status


def article(key: str, group: str, source: str, publisher: str, day: int = 1, words: int = 100) -> dict[str, object]:
    return {
        "article_id": key, "group_id": group, "source": source, "publisher": publisher,
        "published": date(2023, 3, day), "words": words,
    }  # fmt: skip


def test_three_outlets_with_one_agencys_text_are_one_source() -> None:
    papers = [article("b", "a", "Courier", "Courier"), article("c", "a", "Echo", "Echo")]
    found = sources([article("a", "a", "Cordillera Wire", "Herald"), *papers])
    assert (found.outlets, found.independent, found.names) == (("Courier", "Echo", "Herald"), 1, ("Cordillera Wire",))


def test_two_texts_of_one_agency_are_one_source_and_another_outlet_a_second() -> None:
    found = sources(
        [article("a", "a", "Reuters", "Herald"), article("b", "b", "Reuters", "Echo"), article("c", "c", "BBC", "BBC")]
    )
    assert (found.independent, found.names) == (2, ("BBC", "Reuters"))


def test_texts_of_nobody_known_are_a_source_each() -> None:
    assert sources([article("a", "a", "", ""), article("b", "b", "", ""), article("c", "b", "", "")]).independent == 2


def test_the_original_is_of_the_earliest_day_then_the_agencys_then_the_longest() -> None:
    herald = article("a", "a", "Cordillera Wire", "Herald", words=300)
    wire = article("z", "a", "Cordillera Wire", "Cordillera Wire")
    assert original([herald, wire]) == "z"  # type: ignore[list-item]
    assert original([article("y", "a", "", "", day=1), article("a", "a", "", "", day=2)]) == "y"  # type: ignore[list-item]
    assert original([article("a", "a", "", ""), article("b", "a", "", "", words=120)]) == "b"  # type: ignore[list-item]
    assert original([article("b", "a", "", ""), article("a", "a", "", "")]) == "a"  # type: ignore[list-item]


def link(event: str, stage: str, day: int, dated: bool) -> dict[str, object]:
    when = date(2023, 3, day)
    return {"event_type": event, "status": stage, "first_day": when, "last_day": when, "dated": dated}


def test_a_happening_has_the_stage_it_came_to_and_the_day_that_is_given() -> None:
    links = [
        link("AGREE", "future", 2, False),
        link("CONSULT", "happened", 7, False),
        link("CONSULT", "happened", 6, True),
    ]
    assert status(links) == "happened"  # type: ignore[arg-type]
    assert event_type(links) == "CONSULT"  # type: ignore[arg-type]
    assert days(links)[0] == date(2023, 3, 6)  # type: ignore[arg-type]
    assert days(links[:2])[0] == date(2023, 3, 7)  # type: ignore[arg-type]
