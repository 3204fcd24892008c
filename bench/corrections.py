"""Reviews of a record as people would write them: bench/corrections.py RECORD [-n 500] [--seed 1].

Of N events drawn by place, six in ten are corrected (type and actor; of some the place or the days), three rejected,
and for one an event is added to the article. Writes RECORD/reviews.jsonl, which must not be there: give a copy of a
record. Then measure with bench/serve.py and bench/query.py what they measure without reviews.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
from pathlib import Path

from turnstone.knowledge.codebook import load_codebook
from turnstone.reviews import NAME, Changes, Review, Where, Who
from turnstone.reviews.attach import CodedEvent
from turnstone.reviews.coded import events_of
from turnstone.reviews.journal import as_line
from turnstone.store import connect

KYIV = Where(name="Kyiv", country="UKR", latitude=50.45, longitude=30.52, resolution="city")
COUNTRIES = "RUS USA FRA CHN IRN NGA BRA IND".split()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record", type=Path)
    parser.add_argument("-n", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    draw = random.Random(given.seed)
    with connect(given.record) as tables:
        ((count,),) = tables.execute("select count(*) from events").fetchall()
        step = max(1, count // given.n)
        drawn = tables.execute(
            "select article_id, event_id from (select article_id, event_id, row_number() over () as place from events) "
            "where place % $step = 1 limit $n",
            {"step": step, "n": given.n},
        ).fetchall()
        events = {one.key: one for one in events_of(tables, [article for article, _ in drawn])}
    lines = [as_line(said(events[key], number, draw)) for number, key in enumerate(drawn)]
    with (given.record / NAME).open("x", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
    print(f"{len(lines)} reviews of {count:,} events")


def said(of: CodedEvent, number: int, draw: random.Random) -> Review:
    types, day = list(load_codebook().types), of.values.first_day
    actors = (Who(name=f"Somebody {number}", country=draw.choice(COUNTRIES)),)
    at = {"reviewer": "bench", "article": of.article, "sha256": of.sha256}
    if number % 10 == 9:
        changes = Changes(
            event_type=draw.choice(types), status="happened", first_day=day, last_day=day, actors=actors,
            recipients=(Who(name="Somebody else", country="DEU"),),
        )  # fmt: skip
        trigger = of.trigger.model_copy(update={"start": 0, "end": 4})
        return Review(verdict="missing", trigger=trigger, changes=changes, **at)
    about = {"event": of.event, "trigger": of.trigger, "saw": of.values, **at}
    if number % 10 >= 6:
        return Review(verdict="reject", **about)
    more: dict[str, object] = {"place": KYIV} if number % 3 == 0 else {}
    more |= {"first_day": day - dt.timedelta(days=3)} if number % 4 == 0 else {}
    return Review(verdict="correct", changes=Changes(event_type=draw.choice(types), actors=actors, **more), **about)


if __name__ == "__main__":
    main()
