"""How quickly each screen of the workbench answers: bench/serve.py RECORD [--cache DIR] [--json FILE].

Starts `turnstone serve`, waits until the record is indexed, and asks for every screen with filters drawn from the
record itself, one request after another, none asked for twice. Prints the median, the 95th percentile and the slowest,
from sending the request to the last byte of the answer, and what the index took to make and weighs.
"""

from __future__ import annotations

import argparse
import json
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
        measured = measure(f"http://127.0.0.1:{port}", given.times, random.Random(given.seed))
    finally:
        server.terminate()
        server.wait()
    folder = given.cache or given.record / ".workbench"
    measured["index_mb"] = round(sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6)
    ready = f"{measured['pages_ready_s']:.0f} s until the pages, {measured['search_ready_s']:.0f} s until the search"
    print(f"index: {ready}, {measured['index_mb']} MB; server's peak memory {measured['peak_mb']} MB")
    for name, one in measured["screens"].items():
        print(f"{name:34} {one['median'] * 1000:6.0f} {one['p95'] * 1000:6.0f} {one['most'] * 1000:6.0f} ms")
    if given.json:
        given.json.write_text(json.dumps(measured, indent=2) + "\n")


def get(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=3600) as answer:
        return answer.read()


def ready(address: str, since: float) -> float:
    while True:
        try:
            get(address)
            return time.monotonic() - since
        except (urllib.error.URLError, ConnectionError) as error:
            if isinstance(error, urllib.error.HTTPError) and error.code not in (503, 409):
                raise
            time.sleep(0.5)


def measure(server: str, times: int, draw: random.Random) -> dict:
    since = time.monotonic()
    pages, search = ready(f"{server}/api/events?size=1", since), ready(f"{server}/api/events?size=1&q=ready", since)
    start = time.monotonic()
    seen = json.loads(get(f"{server}/api/events?size=500"))
    first = {"Events, nothing filtered, first time": time.monotonic() - start}
    facets = {one["name"]: [value["value"] for value in one["values"]] for one in seen["facets"]}
    newest = seen["rows"][0]["number"]
    screens: dict[str, list[float]] = {}

    def some(**more: object) -> str:
        """Two filters with values of the record, drawn so that no two requests are the same."""
        names = draw.sample(["type", "status", "actor_country", "recipient_country", "place_country", "source"], 2)
        pairs = [(name, draw.choice(facets[name])) for name in names]
        year = draw.randrange(2003, 2020)
        pairs += [("from", f"{year}-{draw.randrange(1, 13):02}-01"), ("to", f"{year + draw.randrange(1, 7)}-12-31")]
        return urlencode([*pairs, *((name, str(value)) for name, value in more.items())])

    def ask(name: str, address: str) -> bytes:
        start = time.monotonic()
        found = get(server + address)
        screens.setdefault(name, []).append(time.monotonic() - start)
        return found

    ask("Overview, nothing filtered, first time", "/")
    for name, path in (("Codebook", "/codebook"), ("Offices", "/offices"), ("Entities", "/entities")):
        ask(f"{name}, first time", path)
    while json.loads(get(f"{server}/api/two-actors?a={facets['actor_country'][0]}"))["said"] is None:
        time.sleep(0.5)  # who says what is looked up once
    for _ in range(times):
        ask("Overview", f"/?{some()}")
        ask(
            "Overview, one country",
            "/?"
            + urlencode(
                {
                    "actor_country": draw.choice(facets["actor_country"]),
                    "from": f"20{draw.randrange(10, 20)}-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}",
                }
            ),
        )
        ask("Events", f"/events?{some()}")
        a, b = draw.sample(facets["actor_country"], 2)
        since = f"20{draw.randrange(10, 20)}-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}"
        ask("Two actors", "/two-actors?" + urlencode({"a": a, "b": b, "from": since}))
        ask("One actor", "/two-actors?" + urlencode({"a": draw.choice(facets["actor"]), "from": since}))
        ask("Runs", f"/runs?{draw.random()}")
        ask("Offices", "/offices?" + urlencode({"country": draw.choice(("RUS", "FRA", "IND", "NGA", "BRA", "IRN"))}))
        ask(
            "Events, by an actor's name",
            "/events?"
            + urlencode(
                {
                    "actor": draw.choice(facets["actor"]),
                    "from": f"20{draw.randrange(10, 20)}-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}",
                }
            ),
        )
        ask("Events, a page deep inside", f"/events?before={draw.randrange(newest)}")
        words = draw.sample(WORDS, draw.choice((1, 2)))
        ask(
            "Events, a search",
            "/events?"
            + urlencode(
                {
                    "q": " ".join(words),
                    "from": f"20{draw.randrange(10, 20)}-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}",
                }
            ),
        )
        row = json.loads(get(f"{server}/api/events?size=1&before={draw.randrange(1, newest)}"))["rows"][0]
        ask("Event", "/event?" + urlencode({"article": row["article"], "id": row["id"]}))
        ask("Article", "/article?" + urlencode({"id": row["article"], "event": row["id"]}))
    report = {
        name: {
            "times": len(found), "median": sorted(found)[len(found) // 2],
            "p95": sorted(found)[min(len(found) - 1, int(0.95 * len(found)))], "most": max(found),
        }
        for name, found in {**{name: [value] for name, value in first.items()}, **screens}.items()
    }  # fmt: skip
    return {"pages_ready_s": pages, "search_ready_s": search, "peak_mb": peak_mb(), "screens": report}


def peak_mb() -> int:
    """The most memory that the server, this process's only child, has held."""
    children = Path(f"/proc/self/task/{Path('/proc/self').resolve().name}/children").read_text().split()
    status = Path(f"/proc/{children[0]}/status").read_text()
    match = re.search(r"VmHWM:\s+(\d+) kB", status)
    return round(int(match[1]) / 1000) if match else 0


if __name__ == "__main__":
    main()
