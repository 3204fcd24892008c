"""How quickly each screen of the workbench answers: bench/serve.py RECORD [--cache DIR] [--json FILE].

Starts `turnstone serve`, waits until the record is indexed, and asks for every screen with filters drawn from the
record itself, one request after another, none asked for twice. Prints the median, the 95th percentile and the slowest,
from sending the request to the last byte of the answer, the 95th percentile of the processor seconds that the server
took for it (what to compare on a machine that does other things too), and what the index took to make and weighs.
Nothing is written into the record but the index; what reviews change is measured on a copy, with bench/corrections.py.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

WORDS = "attack talks minister killed sanctions border troops protest election ceasefire court aid police".split()
QUERIES = (
    "SELECT event_type, count(*) AS events FROM events WHERE first_day >= '{day}' GROUP BY 1 ORDER BY 2 DESC",
    "SELECT year(first_day)::INT AS year, quad, count(*) AS events FROM dyads WHERE actor_country = '{a}' AND "
    "first_day >= '{day}' GROUP BY 1, 2 ORDER BY 1, 2",
    "SELECT first_day, actor, recipient, evidence_text FROM events_with_names WHERE actor_country = '{a}' AND "
    "recipient_country = '{b}' AND first_day >= '{day}' LIMIT 100",
)
QUEUES = ("random", "uncertain", "disagreement")
SCREENS = {
    "Overview": "/", "Events": "/events", "Two actors": "/two-actors", "Event": "/event", "Article": "/article",
    "Runs": "/runs", "Offices": "/offices", "Review": "/review",
}  # fmt: skip
"""Screens that are asked for as pages and, by turns, of the API."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--times", type=int, default=40, help="requests for each screen")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "turnstone", "serve", str(given.record), "--port", str(port)]
    if given.cache:
        command += ["--cache", str(given.cache)]
    server = subprocess.Popen(command)
    try:
        measured = Measured(f"http://127.0.0.1:{port}", port, server.pid, random.Random(given.seed)).all(given.times)
    finally:
        server.terminate()
        server.wait()
    folder = given.cache or given.record / ".workbench"
    measured["index_mb"] = round(sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6)
    ready = f"{measured['pages_ready_s']:.0f} s until the pages, {measured['search_ready_s']:.0f} s until the search"
    print(f"index: {ready}, {measured['index_mb']} MB; server's peak memory {measured['peak_mb']} MB")
    print(f"{'':42} median    p95   most    p95 of the processors, ms")
    for name, one in measured["screens"].items():
        clock = " ".join(f"{one[what] * 1000:6.0f}" for what in ("median", "p95", "most"))
        print(f"{name:42} {clock} {one['processors_p95'] * 1000:6.0f}")
    lines = measured["lines_taken_median"], measured["lines_taken_most"]
    print(f"lines of the files: median {lines[0]:,}, most {lines[1]:,}")
    if given.json:
        given.json.write_text(json.dumps(measured, indent=2) + "\n")


class Measured:
    """A server that answers, and what each of its screens took: seconds by the clock and of its processors."""

    def __init__(self, server: str, port: int, process: int, draw: random.Random) -> None:
        self.server, self.process, self.draw = server, process, draw
        self.took: dict[str, list[tuple[float, float]]] = {}
        self.lines: list[int] = []
        self.cookies = {f"turnstone_reviewer_{port}": "bench"}

    def get(self, path: str, data: bytes | None = None, kind: str = "application/json") -> bytes:
        headers = {"cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        headers |= {"content-type": kind} if data else {}
        with urllib.request.urlopen(urllib.request.Request(self.server + path, data, headers), timeout=3600) as answer:
            for one in answer.headers.get_all("set-cookie", []):
                name, _, value = one.partition(";")[0].partition("=")
                self.cookies[name] = value
            return answer.read()

    def ask(self, name: str, path: str, data: bytes | None = None, kind: str = "application/json") -> bytes:
        start, processors = time.monotonic(), processor_seconds(self.process)
        found = self.get(path, data, kind)
        took = time.monotonic() - start, processor_seconds(self.process) - processors
        self.took.setdefault(name, []).append(took)
        return found

    def screen(self, name: str, number: int, **asked: object) -> None:
        """A screen as a page or, every second time, of the API."""
        path = SCREENS[name.partition(",")[0]]
        if number % 2:
            name, path = f"{name} (API)", "/api/overview" if path == "/" else f"/api{path}"
        self.ask(name, f"{path}?{urlencode({key: value for key, value in asked.items() if value != ''})}")

    def ready(self, path: str, since: float) -> float:
        while True:
            try:
                self.get(path)
                return time.monotonic() - since
            except (urllib.error.URLError, ConnectionError) as error:
                if isinstance(error, urllib.error.HTTPError) and error.code not in (503, 409):
                    raise
                time.sleep(0.5)

    def day(self) -> str:
        draw = self.draw
        return f"20{draw.randrange(10, 20)}-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}"

    def some(self, facets: dict[str, list[str]]) -> dict[str, object]:
        """Two filters with values of the record, drawn so that no two requests are the same."""
        names = ["type", "status", "actor_country", "recipient_country", "place_country", "source"]
        year = self.draw.randrange(2003, 2020)
        days = {"from": f"{year}-{self.draw.randrange(1, 13):02}-01", "to": f"{year + self.draw.randrange(1, 7)}-12-31"}
        return {name: self.draw.choice(facets[name]) for name in self.draw.sample(names, 2)} | days

    def all(self, times: int) -> dict:
        since = time.monotonic()
        pages, search = self.ready("/api/events?size=1", since), self.ready("/api/events?size=1&q=ready", since)
        seen = json.loads(self.ask("Events, nothing filtered, first time", "/api/events?size=500"))
        facets = {one["name"]: [value["value"] for value in one["values"]] for one in seen["facets"]}
        newest = seen["rows"][0]["number"]
        for name, path in (("Overview", "/"), ("Codebook", "/codebook"), ("Offices", "/offices"),
                           ("Entities", "/entities"), ("SQL", "/sql")):  # fmt: skip
            page = self.ask(f"{name}, first time", path)
        token = re.search(rb'name="form_token" value="([^"]+)"', page)[1].decode()
        for queue in QUEUES:
            self.ask(f"Review, {queue}, first time", f"/review?queue={queue}")
        while json.loads(self.get(f"/api/two-actors?a={facets['actor_country'][0]}"))["said"] is None:
            time.sleep(0.5)  # who says what is looked up once
        for number in range(2 * times):
            self.round(number, facets, newest, token)
        return {
            "pages_ready_s": pages,
            "search_ready_s": search,
            "peak_mb": peak_mb(),
            "lines_taken_median": sorted(self.lines)[len(self.lines) // 2],
            "lines_taken_most": max(self.lines),
            "screens": self.report(),
        }

    def round(self, number: int, facets: dict[str, list[str]], newest: int, token: str) -> None:
        """Each screen once, as a page or of the API."""
        draw = self.draw
        countries = facets["actor_country"]
        self.screen("Overview", number, **self.some(facets))
        self.screen("Overview, one country", number, actor_country=draw.choice(countries), **{"from": self.day()})
        self.screen("Events", number, **self.some(facets))
        self.screen("Events, by an actor's name", number, actor=draw.choice(facets["actor"]), **{"from": self.day()})
        self.screen("Events, a page deep inside", number, before=draw.randrange(newest))
        words = " ".join(draw.sample(WORDS, draw.choice((1, 2))))
        self.screen("Events, a search", number, q=words, **{"from": self.day()})
        a, b = draw.sample(countries, 2)
        self.screen("Two actors", number, a=a, b=b, **{"from": self.day()})
        self.screen("Two actors, one of them", number, a=draw.choice(facets["actor"]), **{"from": self.day()})
        row = json.loads(self.get(f"/api/events?size=1&before={draw.randrange(1, newest)}"))["rows"][0]
        self.screen("Event", number, article=row["article"], id=row["id"])
        self.screen("Article", number, id=row["article"], event=row["id"])
        self.screen("Runs", number, drawn=draw.random() if not number % 2 else "")
        self.screen("Offices", number, country=draw.choice(("RUS", "FRA", "IND", "NGA", "BRA", "IRN")))
        for queue in QUEUES:
            only = {"type": draw.choice(["", *facets["type"]]), "country": draw.choice(["", *countries])}
            self.screen(f"Review, {queue}", number, queue=queue, **only)
        query = draw.choice(QUERIES).format(a=a, b=b, day=self.day())
        if number % 2:
            self.ask("SQL, a query (API)", "/api/sql", json.dumps({"query": query}).encode())
        else:
            form = urlencode({"q": query, "form_token": token}).encode()
            self.ask("SQL, a query", "/sql", form, "application/x-www-form-urlencoded")
        taken = self.some(facets)
        kind = ("csv", "jsonl")[number % 2]
        lines = self.ask(f"What is shown, as {kind}", f"/events.{kind}?{urlencode(taken)}").count(b"\n")
        self.lines.append(lines)

    def report(self) -> dict[str, dict[str, float]]:
        def p95(values: list[float]) -> float:
            return sorted(values)[min(len(values) - 1, int(0.95 * len(values)))]

        found = {}
        for name, took in self.took.items():
            clock, processors = [one[0] for one in took], [one[1] for one in took]
            found[name] = {
                "times": len(took), "median": sorted(clock)[len(clock) // 2], "p95": p95(clock), "most": max(clock),
                "processors_p95": p95(processors),
            }  # fmt: skip
        return found


def processor_seconds(process: int) -> float:
    """What a process and those of its children that have ended took of the processors."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def peak_mb() -> int:
    """The most memory that the server, this process's only child, has held."""
    children = Path(f"/proc/self/task/{Path('/proc/self').resolve().name}/children").read_text().split()
    status = Path(f"/proc/{children[0]}/status").read_text()
    match = re.search(r"VmHWM:\s+(\d+) kB", status)
    return round(int(match[1]) / 1000) if match else 0


if __name__ == "__main__":
    main()
