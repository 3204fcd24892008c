from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from turnstone.records import Article
from turnstone.stories.copies import DAYS, group

BODY = (
    "Ruritania closed its border with Graustark on Monday after a shot was fired at a customs post near Hentzau.\n"
    "The interior minister, Ana Sapt, said that two guards had been hurt and that trains would not run before Friday.\n"
    "Graustark called the closure an insult to a friendly nation and asked the League of Harbours to mediate.\n"
    "Lorries stood in a queue of nine kilometres on the northern road, and their drivers played cards."
)
BACKGROUND = BODY.split("\n")[1]
OTHER = (
    "Graustark's parliament met in haste on Monday to debate what it should answer to the closed frontier.\n"
    "The foreign secretary, Rudolf Rassendyll, told members that an envoy would leave for Strelsau at once."
)


def articles(*texts: str | tuple[str, int, str]) -> list[Article]:
    found = []
    for number, one in enumerate(texts):
        text, day, publisher = one if isinstance(one, tuple) else (one, 1, "")
        found.append(Article(f"{number}", date(2023, 3, day), text, publisher=publisher))
    return found


def groups(*texts: str | tuple[str, int, str]) -> list[str]:
    return [copy.group_id for copy in group(articles(*texts))]


@pytest.mark.parametrize(
    "copy",
    [
        BODY,
        "\n".join(BODY.split("\n")[:2]),
        f"Border shut after shots\nBy Ivo Tarlen, diplomatic correspondent\n{BODY}",
        f"STRELSAU, March 6 (Cordillera Wire) - {BODY}\n(Reporting by Ivo Tarlen; editing by Lina Orvo)",
        "\n".join(BODY.split("\n")[i] for i in (0, 2, 1, 3)),
        BODY.replace("two guards", "three guards"),
        BODY.replace("closed", "shut").replace("insult", "affront").replace("hurt", "injured"),
    ],
)
def test_what_a_newsroom_does_to_a_wire_leaves_it_a_copy(copy: str) -> None:
    assert groups(BODY, copy) == ["0", "0"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (BODY, OTHER),
        ("At least 3 people were killed in a mine collapse near Zenda, officials said on Tuesday.",
         "At least 5 people were killed in a mine collapse near Hentzau, officials said on Tuesday."),
        ("At least 3 people were killed in a mine collapse near Zenda, officials said on Tuesday.",
         "At least 5 people were killed in a mine collapse near Zenda, officials said on Tuesday."),
        ("The President of Ruritania Rudolf Elphberg von Strelsau orders the release of political prisoners.",
         "The President of Ruritania Rudolf Elphberg von Strelsau dismisses his cabinet after a vote."),
        (f"Strikers marched in Zenda.\n{BACKGROUND}", f"A ferry sank off Kestrel.\n{BACKGROUND}"),
        ("Storm in Zenda", "A harbour wall was damaged by the storm in Zenda, the mayor said on Monday."),
    ],
)  # fmt: skip
def test_reports_that_only_look_alike_are_no_copies(one: str, other: str) -> None:
    assert groups(one, other) == ["0", "1"]


def test_a_text_printed_again_much_later_is_another() -> None:
    assert groups((BODY, 1, ""), (BODY, 1 + DAYS, "")) == ["0", "0"]
    assert groups((BODY, 1, ""), (BODY, 2 + DAYS, "")) == ["0", "1"]


def test_small_changes_do_not_lead_from_one_text_to_another() -> None:
    a, b, c, d = BODY.split("\n")
    e, f = OTHER.split("\n")
    found = groups("\n".join([a, b, c, d]), "\n".join([b, c, d, e]), "\n".join([e, f]))
    assert found[0] != found[2]


def test_a_copy_says_of_what_how_far_and_why() -> None:
    first, second = group(articles(BODY, "\n".join(BODY.split("\n")[:2])))
    assert (first.copy_of, first.reason) == ("", "")
    assert second.copy_of == "0"
    assert second.score == 1.0
    assert second.reason == "100 % of the shorter text stands in the longer, which has more"


def test_the_source_is_the_agency_credited_else_the_publisher() -> None:
    wire = f"STRELSAU, March 6 (Reuters) - {BODY}"
    found = group(articles((wire, 1, "Herald"), (BODY, 1, "Courier"), (OTHER, 1, "AFP via Harbour News")))
    assert [copy.source for copy in found] == ["Reuters", "Courier", "AFP"]


@settings(deadline=None, max_examples=25)
@given(st.permutations(range(5)))
def test_the_groups_do_not_depend_on_the_order_of_the_articles(order: list[int]) -> None:
    texts = articles(BODY, OTHER, f"By Ivo Tarlen\n{BODY}", "\n".join(OTHER.split("\n")[:1]), BODY)
    assert group(texts[k] for k in order) == group(texts)
