"""How long the ready views and the panels of a record take, by the clock and of the processors.

    python bench/perturb.py record big --events 5000000
    python bench/query.py big [--threads 2] [--rounds 3]

Writes the views of the record first, if they are not there, and says what that took. Then asks each view for a sum over
all its rows and for a few rows of one month, and counts the panels (those of happenings where `turnstone stories` has
been run); each in this process, the best of the rounds, with the processor seconds of that round. A panel that is
counted has no rows yet: the largest is then made into one table, written as Parquet and written as CSV, once each.
`turnstone query` adds the start of its process, which is measured last.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from turnstone.errors import TurnstoneError
from turnstone.query import Limits, Panel, PanelRows, panel, run, write
from turnstone.query.prepared import prepared
from turnstone.query.result import write_parquet
from turnstone.query.tables import connect

VIEWS = {
    "events_with_names": "SELECT actor_country, event_type, count(*) FROM events_with_names GROUP BY ALL",
    "events_with_names, 100 rows of a month": "SELECT * FROM events_with_names WHERE first_day >= '2015-03-01' AND "
    "first_day < '2015-04-01' AND actor_country = 'USA' LIMIT 100",
    "country_roles": "SELECT role, country, count(*), avg(score) FROM country_roles GROUP BY ALL",
    "dyads": "SELECT actor_country, recipient_country, count(*), avg(score) FROM dyads GROUP BY ALL",
    "dyads, one pair and year": "SELECT count(*) FROM dyads WHERE actor_country = 'RUS' AND recipient_country = 'UKR' "
    "AND first_day >= '2022-01-01' AND first_day < '2023-01-01'",
    "dyads by month": "SELECT date_trunc('month', first_day), count(*) FROM dyads GROUP BY ALL",
    "one_a_day": "SELECT event_type, count(*), sum(reports) FROM one_a_day GROUP BY ALL",
}
PANELS = {
    "panel of dyads by month": Panel("dyad", "month"),
    "panel of dyads by year": Panel("dyad", "year"),
    "panel of countries by month": Panel("country", "month"),
    "panel of countries by week": Panel("country", "week"),
    "panel of countries by month, either role": Panel("country", "month", "either"),
    "panel of one pair by day": Panel("dyad", "day", countries=("RUS", "UKR")),
    "panel of dyads by month, one a day": Panel("dyad", "month", one_a_day=True),
    "panel of countries by month, one a day": Panel("country", "month", one_a_day=True),
}
HAPPENINGS = {
    "panel of dyads by month, happenings": Panel("dyad", "month", happenings=True),
    "panel of countries by month, happenings": Panel("country", "month", happenings=True),
}
LARGEST = "panel of dyads by month"


def timed(work: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Seconds by the clock and of the processors of the fastest round."""
    best = (float("inf"), 0.0)
    for _ in range(rounds):
        clock, processor = time.perf_counter(), time.process_time()
        work()
        best = min(best, (time.perf_counter() - clock, time.process_time() - processor))
    return best


def written(counted: PanelRows, folder: Path) -> dict[str, Callable[[], object]]:
    """What can be made of a counted panel."""

    def csv() -> None:
        with (folder / "panel.csv").open("w", encoding="utf-8") as file:
            write(counted, "csv", file)

    return {
        f"{len(counted):,} rows as a table": lambda: len(counted.table),
        "as Parquet": lambda: write_parquet(counted, folder / "panel.parquet"),
        "as CSV": csv,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("record", type=Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    row = "| {:<48} | {:>8.2f} | {:>8.2f} |"
    print("| what | clock: s | processors: s |\n|---|---|---|", flush=True)
    try:
        files = {}
        what = "writing the views, once"
        print(row.format(what, *timed(lambda: files.update(prepared(args.record, args.threads)), 1)), flush=True)
        with (
            tempfile.TemporaryDirectory() as scratch,
            connect(files, args.threads, 3_000, Path(scratch)) as connection,
        ):
            for name, sql in VIEWS.items():

                def ask(sql: str = sql) -> None:
                    connection.execute(sql).fetchall()

                print(row.format(name, *timed(ask, args.rounds)), flush=True)
        for name, asked in (PANELS | (HAPPENINGS if "links" in files else {})).items():

            def count(asked: Panel = asked) -> None:
                panel(args.record, asked, args.threads)

            print(row.format(name, *timed(count, args.rounds)), flush=True)
        with tempfile.TemporaryDirectory() as scratch:
            for name, work in written(panel(args.record, PANELS[LARGEST], args.threads), Path(scratch)).items():
                print(row.format(f"{LARGEST}: {name}", *timed(work, 1)), flush=True)
        limits = Limits(threads=args.threads)
        took = timed(lambda: run(args.record, "SELECT count(*) FROM dyads", limits), args.rounds)
        print(row.format("a query in a process of its own", took[0], float("nan")), flush=True)
    except TurnstoneError as error:
        sys.exit(f"turnstone: {error}")


if __name__ == "__main__":
    main()
