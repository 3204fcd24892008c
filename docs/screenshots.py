"""Pictures of every screen of the workbench: python docs/screenshots.py RECORD [-o FOLDER] [--look L] [--only SCREEN].

Serves the record, opens each screen in Chromium at a desk's width in light and dark and at a phone's, and writes PNG
files into FOLDER (.screenshots if not given, which git does not keep).

With --tour, RECORD is an empty folder: goes the steps of docs/tour.md in it, and writes the pictures of that page.
"""

from __future__ import annotations

import argparse
import shutil
import socket
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

import uvicorn
from playwright.sync_api import Page, ViewportSize, sync_playwright

from turnstone.web.app import create
from turnstone.web.settings import WebSettings

LOOKS = {
    "light": {"viewport": {"width": 1280, "height": 900}},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 375, "height": 740}, "device_scale_factor": 2, "is_mobile": True},
}


TOUR: ViewportSize = {"width": 1000, "height": 800}
"""The pictures of the tour are as wide as a page of text."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record", type=Path)
    parser.add_argument("-o", dest="folder", type=Path, default=Path(".screenshots"))
    parser.add_argument("--tour", action="store_true")
    parser.add_argument("--look", action="append", choices=LOOKS)
    parser.add_argument("--only", action="append", metavar="SCREEN")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config(create(given.record, WebSettings(port=port)), port=port, log_level="warning")
    )
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.05)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        if given.tour:
            tour(browser.new_context(viewport=TOUR).new_page(), f"http://127.0.0.1:{port}", given.folder)
        for look, settings in () if given.tour else LOOKS.items():
            if given.look and look not in given.look:
                continue
            context = browser.new_context(**settings)
            context.set_default_timeout(300_000)  # the record may have to be indexed first
            for name, path in screens(context.new_page(), f"http://127.0.0.1:{port}"):
                if given.only and name not in given.only:
                    continue
                page = context.new_page()
                page.goto(f"http://127.0.0.1:{port}{path}")
                settle(page)
                page.screenshot(path=given.folder / f"{name}-{look}.png", full_page=True)
                page.close()
            context.close()
        browser.close()
    server.should_exit = True


def tour(page: Page, address: str, folder: Path) -> None:
    """The steps of docs/tour.md, from an empty folder to a corrected event."""
    said = (Path(__file__).parent / "tour.md").read_text(encoding="utf-8")
    report = next(one for one in said.split("```") if one.strip().startswith("KINSHASA")).strip()
    page.set_default_timeout(300_000)  # the model has to be loaded first
    page.goto(address)
    page.fill("#paste-text", report)
    page.fill("#paste-date", "2026-11-25")
    with page.expect_navigation():
        page.click("text=Code it")
    _picture(page, folder / "tour-coded.png")
    with page.expect_navigation():
        page.click("text=Keep it in the record")
    page.wait_for_url("**/article?*")
    page.click("nav >> text=Review")
    page.fill("#reviewer", "Ana")
    page.press("#reviewer", "Enter")
    page.wait_for_selector("#accept")
    while page.inner_text(".asked .what") != "shelled":
        with page.expect_navigation():
            page.keyboard.press("a")
    page.keyboard.press("c")
    if not page.locator('#correct [name="actors.0.name"]').count():
        page.click("#correct [data-parties=actors] [data-add]")
    page.fill('#correct [name="actors.0.name"]', "Rwanda Defence Force")
    page.fill('#correct [name="actors.0.country"]', "RWA")
    _picture(page, folder / "tour-correct.png")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    page.click("text=the event before")
    page.wait_for_url("**/event?*")
    _picture(page, folder / "tour-corrected.png")


def _picture(page: Page, path: Path) -> None:
    page.wait_for_load_state("networkidle")
    page.mouse.move(0, 0)
    page.screenshot(path=path, full_page=True)


def settle(page: Page) -> None:
    """Waits until everything is drawn that comes after the page; on the review page, somebody begins."""
    if page.locator("#reviewer").count():
        page.fill("#reviewer", "Ana")
        page.press("#reviewer", "Enter")
        page.wait_for_selector("#accept")
    for chart in ("timeline", "map", "pair-time"):
        if page.locator(f"#{chart}").count():
            page.wait_for_selector(f"#{chart}[data-drawn]")
    if page.locator("#sql").count():
        page.locator("#q").press("Control+Enter")
        page.wait_for_selector(".rows table, .fault")
        if page.locator("#chart").count():
            page.select_option("#chart", "bar")
    page.wait_for_timeout(700)


def screens(page: Page, address: str) -> list[tuple[str, str]]:
    """The screens by name; of the events one with a statement and a place is shown."""
    while (answer := page.goto(f"{address}/api/events?size=500&status=happened")) is None or answer.status == 503:
        time.sleep(0.2)
    rows = answer.json()["rows"]
    row = next((one for one in rows if one["speaker"] and one["place"] and one["recipients"]), rows[0])
    pairs = page.goto(f"{address}/api/two-actors").json()["pairs"]
    if pairs:  # what the pages would be waiting for
        asked = urlencode({"a": pairs[0][0]})
        while page.goto(f"{address}/api/two-actors?{asked}").json()["said"] is None:
            time.sleep(1)
    while page.goto(f"{address}/api/entities").json()["state"] == "working":
        time.sleep(1)
    pair = {"a": pairs[0][0], "b": pairs[0][1]} if pairs else {}
    query = "SELECT event_type, count(*) AS events FROM events GROUP BY 1 ORDER BY 2 DESC"
    page.close()
    return [
        ("overview", "/"),
        ("events", "/events?status=happened&size=12"),
        ("event", "/event?" + urlencode({"article": row["article"], "id": row["id"]})),
        ("why", "/event/why?" + urlencode({"article": row["article"], "id": row["id"]})),
        ("article", "/article?" + urlencode({"id": row["article"], "event": row["id"]})),
        ("review", "/review"),
        ("review-compare", "/review/compare"),
        ("actors", "/two-actors"),
        ("two-actors", "/two-actors?" + urlencode(pair)),
        ("one-actor", "/two-actors?" + urlencode({"a": row["actors"][0]["country"] if row["actors"] else "USA"})),
        ("entities", "/entities"),
        ("offices", "/offices?country=USA"),
        ("codebook", "/codebook"),
        ("runs", "/runs"),
        ("sql", "/sql?" + urlencode({"q": query})),
        ("api", "/api"),
    ]


if __name__ == "__main__":
    main()
