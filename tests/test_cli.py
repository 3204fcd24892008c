from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

import turnstone
from tests.analysis.test_pairs import Net
from tests.store.samples import RUN, article, record
from turnstone import api
from turnstone.analysis import analyse as analysis
from turnstone.analysis import model
from turnstone.analysis.analyse import ParsedWord
from turnstone.cli import app
from turnstone.display import FIELDS
from turnstone.records import Article, Record
from turnstone.store import read_table

COMMANDS = Path(__file__).parents[1] / "docs" / "commands.md"


class StubPipeline:
    run = RUN

    @staticmethod
    def code(given: Article) -> Record:
        if "raise" in given.text:
            raise ValueError("cannot be coded")
        return record(given)


@pytest.fixture(autouse=True)
def stub(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "pipeline", StubPipeline)


class Result:
    def __init__(self, *arguments: object, stdin: str | None = None) -> None:
        found = CliRunner().invoke(app, [str(one) for one in arguments], input=stdin)
        if found.exception and not isinstance(found.exception, SystemExit):
            raise found.exception
        self.status, self.out, self.err = found.exit_code, found.stdout, found.stderr


def reports(path: Path, *articles: Article) -> Path:
    rows = [{"id": one.id, "date": str(one.published), "text": one.text, "title": one.title} for one in articles]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """An article with an event, one without, and one without a date."""
    path = reports(tmp_path / "reports.jsonl", article("1", title="Talks\x1b"), article("2", "Nothing."))
    with path.open("a") as file:
        file.write('{"id": "3", "text": "x"}\n')
    return path


# --- code


def test_code_writes_the_record_and_says_what_became_of_the_inputs(three: Path, tmp_path: Path) -> None:
    found = Result("code", three, "-o", tmp_path / "out", "--workers", 0)
    assert found.status == 0
    assert read_table(tmp_path / "out", "events").num_rows == 1
    assert re.search(r"^3 inputs in .* s:$", found.out, re.MULTILINE)
    for line in (
        "1 coded, with 1 event",
        "1 empty",
        "1 failed",
        "1  no date is given",
        f"turnstone show {tmp_path / 'out'}",
    ):
        assert line in found.out
    again = Result("code", three, "-o", tmp_path / "out", "--workers", 0)
    assert "2 of them were known already" in again.out


def test_code_for_machines(three: Path, tmp_path: Path) -> None:
    found = json.loads(Result("code", three, "-o", tmp_path / "out", "--workers", 0, "--json").out)
    assert found.pop("seconds") >= 0
    assert found == {
        "given": 3,
        "coded": 1,
        "empty": 1,
        "failed": 1,
        "aside": 0,
        "already": 0,
        "events": 1,
        "reasons": [{"reason": "no date is given", "inputs": 1}],
        "record": str(tmp_path / "out"),
    }


def test_code_takes_a_date_and_names_of_columns(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("key,body\n7,Nothing.\n")
    flags = "--id-column", "key", "--text-column", "body", "--date", "2023-03-01", "--workers", 0
    assert Result("code", tmp_path / "in.csv", "-o", tmp_path / "out", *flags).status == 0
    (row,) = read_table(tmp_path / "out", "articles").to_pylist()
    assert (row["id"], str(row["published"]), row["text"]) == ("7", "2023-03-01", "Nothing.")


def test_code_fails_only_where_every_input_failed(three: Path, tmp_path: Path) -> None:
    missing = tmp_path / "missing.txt"
    for more in ((), ("-o", tmp_path / "out", "--workers", 0)):
        assert Result("code", missing, *more).status == 1
        assert Result("code", missing, three, *more).status == 0
    assert "no such file" in Result("code", missing).err


def test_code_tells_what_failed_where_all_did_and_how_to_see_it_where_some_did(three: Path, tmp_path: Path) -> None:
    missing, out = tmp_path / "missing.txt", tmp_path / "out"
    found = Result("code", missing, "-o", out, "--workers", 0)
    assert found.err.startswith(f"turnstone: {missing}: there is no such file or folder; ")
    found = Result("code", three, "-o", out, "--workers", 0)
    assert (found.status, found.err) == (0, "")
    assert f'turnstone query {out} "SELECT origin, reason, remedy FROM ledger' in found.out


def test_a_file_in_a_folder_that_is_not_there_is_told_in_words(three: Path, tmp_path: Path) -> None:
    found = Result("analyse", three, "-o", tmp_path / "nowhere" / "all.jsonl", "--workers", 0)
    assert found.status == 1 and f"(there is no folder {tmp_path / 'nowhere'})" in found.err
    found = Result("code", three, "-o", three, "--workers", 0)
    assert found.status == 1 and "(a file of that name is there, not a folder)" in found.err
    found = Result("code", three, "-o", three / "record", "--workers", 0)
    assert found.status == 1 and f"({three} is a file, not a folder)" in found.err


def test_code_without_a_directory_prints_the_record(three: Path, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    found = Result("code", three)
    assert found.out.splitlines()[0].split("\t") == list(FIELDS)
    assert "Ruritania (RUR GOV)\tAGREE meet\tGraustark (GRA)\tfuture" in found.out
    assert f"{three}:3: no date is given" in found.err
    assert sorted(tmp_path.iterdir()) == before
    value = json.loads(Result("code", three, "--json").out)
    assert (value["given"], value["coded"], value["empty"], value["failed"], value["more"]) == (3, 1, 1, 1, False)
    assert [one["id"] for one in value["articles"]] == ["1", "2"]
    assert value["failures"][0]["reason"] == "no date is given"


def test_code_without_a_directory_stops_after_fifty(tmp_path: Path) -> None:
    many = reports(tmp_path / "many.jsonl", *(article(str(key)) for key in range(51)))
    found = Result("code", many)
    assert len(found.out.splitlines()) == 51
    assert "first 50 inputs" in found.err and "-o DIR" in found.err
    few = reports(tmp_path / "few.jsonl", *(article(str(key)) for key in range(50)))
    assert Result("code", few).err == ""


def test_an_article_that_cannot_be_coded_does_not_stop_the_others(tmp_path: Path) -> None:
    both = reports(tmp_path / "both.jsonl", article("1", "raise"), article("2"))
    for command in ("code", "show"):
        found = Result(command, both)
        assert "ValueError: cannot be coded" in found.err
        assert "\n2\t" in found.out and found.status == 0


def test_usage_is_status_2(three: Path) -> None:
    for arguments in (("code",), ("code", three, "--date", "soon"), ("show", three, "--status", "past"), ("nothing",)):
        assert Result(*arguments).status == 2
    assert "2023-03-21" in Result("code", three, "--date", "soon").err


def test_a_directory_of_another_is_an_error(three: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    found = Result("code", three, "-o", tmp_path / "out", "--workers", 0)
    assert found.status == 1
    assert found.err.startswith("turnstone: ") and "choose another directory" in found.err


# --- show


@pytest.fixture(params=["record", "analysed", "analysed.gz", "input"])
def shown(request: pytest.FixtureRequest, three: Path, tmp_path: Path) -> Iterator[Path]:
    """One record in each form that show takes."""
    if request.param == "record":
        Result("code", three, "-o", tmp_path / "out", "--workers", 0)
        yield tmp_path / "out"
    elif request.param == "input":
        yield three
    else:
        Result("analyse", three, "-o", tmp_path / "all.jsonl", "--workers", 0)
        packed = tmp_path / "all.jsonl.gz"
        packed.write_bytes(gzip.compress((tmp_path / "all.jsonl").read_bytes()))
        yield packed if request.param.endswith("gz") else tmp_path / "all.jsonl"


def test_show_gives_a_line_for_each_event(shown: Path) -> None:
    found = Result("show", shown)
    (_, line) = found.out.splitlines()
    assert line.split("\t")[:9] == [
        "1", "2023-03-03", "Ruritania (RUR GOV)", "AGREE meet", "Graustark (GRA)", "future", "Strelsau (RUR)",
        "an envoy (RUR GOV), via RNA", "invited",
    ]  # fmt: skip


def test_show_keeps_what_is_asked_for(shown: Path) -> None:
    assert "AGREE" in Result("show", shown, "--status", "future", "--type", "agree").out
    assert Result("show", shown, "--status", "negated").out == ""
    assert "no negated event" in Result("show", shown, "--status", "negated").err
    assert Result("show", shown, "--type", "AID").out == ""
    assert "AGREE" in Result("show", shown, "--article", "1").out
    missing = Result("show", shown, "--article", "9")
    assert missing.status == 1 and "no article '9'" in missing.err


def test_show_for_machines(shown: Path) -> None:
    (line,) = Result("show", shown, "--json").out.splitlines()
    value = json.loads(line)
    assert (value["id"], value["published"], value["title"]) == ("1", "2023-03-01", "Talks\x1b")
    assert value["events"][0]["trigger_text"] == "invited"
    assert value["events"][0]["attribution"]["chain"] == ["an envoy"]


def test_show_stops_at_the_limit_and_says_so(tmp_path: Path) -> None:
    many = reports(tmp_path / "many.jsonl", *(article(str(key)) for key in range(60)))
    assert len(Result("show", many).out.splitlines()) == 61
    cut = Result("show", many, "--limit", 2)
    assert len(cut.out.splitlines()) == 3 and "--limit 0" in cut.err
    assert Result("show", many, "--limit", 60).err == ""


def test_show_fails_where_nothing_can_be_read(tmp_path: Path) -> None:
    found = Result("show", tmp_path / "missing")
    assert (found.status, found.out) == (1, "")
    assert "there is no such file or folder" in found.err and len(found.err.splitlines()) == 1
    quiet = reports(tmp_path / "quiet.jsonl", article("1", "Nothing."))
    assert Result("show", quiet).status == 0


def test_show_of_a_broken_file_names_the_line(three: Path, tmp_path: Path) -> None:
    Result("analyse", three, "-o", tmp_path / "all.jsonl", "--workers", 0)
    with (tmp_path / "all.jsonl").open("a") as file:
        file.write("{}\n")
    found = Result("show", tmp_path / "all.jsonl")
    assert found.status == 1 and "all.jsonl:3: " in found.err


# --- analyse


def test_analyse_writes_lines_and_tells_what_was_refused(three: Path, tmp_path: Path) -> None:
    found = Result(
        "analyse", three, "-o", tmp_path / "all.jsonl", "--ledger", tmp_path / "refused.jsonl", "--workers", 0
    )
    assert found.status == 0 and found.out == ""
    values = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text().splitlines()]
    assert [value["id"] for value in values] == ["1", "2"]
    assert f"{three}:3: no date is given" in found.err and "2 analysed, 1 refused" in found.err
    (refused,) = [json.loads(line) for line in (tmp_path / "refused.jsonl").read_text().splitlines()]
    assert (refused["origin"], refused["reason"]) == (f"{three}:3", "no date is given")
    assert not list(tmp_path.glob("*.part"))


def test_analyse_reads_standard_input_and_writes_standard_output(three: Path) -> None:
    found = Result("analyse", "-", "--workers", 0, stdin=three.read_text())
    assert [json.loads(line)["id"] for line in found.out.splitlines()] == ["1", "2"]


def test_analyse_keeps_the_old_file_until_the_new_one_is_whole(
    three: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken(StubPipeline):
        @staticmethod
        def code(given: Article) -> Record:
            raise KeyboardInterrupt

    monkeypatch.setattr(api, "pipeline", Broken)
    (tmp_path / "all.jsonl").write_text("old\n")
    assert Result("analyse", three, "-o", tmp_path / "all.jsonl", "--workers", 0).status == 130
    assert (tmp_path / "all.jsonl").read_text() == "old\n"
    assert not list(tmp_path.glob("*.part"))


def test_analyse_fails_where_everything_is_refused(tmp_path: Path) -> None:
    assert Result("analyse", tmp_path / "missing.txt", "--workers", 0).status == 1
    assert Result("analyse").status == 2


def test_analyse_parses_conllu(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "Model", Net)
    monkeypatch.setattr(analysis, "parse", lambda words, model: [ParsedWord("X", w, -1, "root") for w in words])
    (tmp_path / "in.conllu").write_text("# a\n1\tA\u2028B\t_\n\n", encoding="utf-8")
    found = Result("analyse", "--conllu", tmp_path / "in.conllu", "-o", tmp_path / "out.conllu")
    assert found.status == 0
    expected = "# a\n1\tA\u2028B\tA\u2028B\tX\t_\t_\t0\troot\t_\t_\n\n"
    assert (tmp_path / "out.conllu").read_bytes() == expected.encode()
    (tmp_path / "in.conllu").write_text("words\n")
    found = Result("analyse", "--conllu", tmp_path / "in.conllu", "-o", tmp_path / "bad.conllu")
    assert found.status == 1 and "in.conllu:1: " in found.err and not (tmp_path / "bad.conllu").exists()
    assert "cannot be read" in Result("analyse", "--conllu", tmp_path / "no.conllu", "-o", tmp_path / "x").err


# --- classify


def test_classify_adds_two_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "Model", Net)
    (tmp_path / "pairs.tsv").write_text(
        "id\tsentence\tsource\ttarget\n1\tA hit B.\tC\tB\n2\tA fed B.\tA\ta recipient\n"
    )
    found = Result("classify", tmp_path / "pairs.tsv", "-o", tmp_path / "out.tsv")
    assert found.status == 0
    heading, *rows = (line.split("\t") for line in (tmp_path / "out.tsv").read_text().splitlines())
    assert heading == ["id", "sentence", "source", "target", "event_type", "confidence"]
    assert [row[:-1] for row in rows] == [
        ["1", "A hit B.", "C", "B", "CONSULT"],
        ["2", "A fed B.", "A", "a recipient", "AID"],
    ]
    assert all(re.fullmatch(r"0\.\d{4}", row[-1]) for row in rows)
    assert Result("classify", tmp_path / "pairs.tsv").out == (tmp_path / "out.tsv").read_text()


def test_classify_names_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "pairs.tsv").write_text("sentence\tsource\ttarget\nA\tA\tB\n\tA\tB\n")
    found = Result("classify", tmp_path / "pairs.tsv", "-o", tmp_path / "out.tsv")
    assert found.status == 1 and "pairs.tsv:3: " in found.err and not (tmp_path / "out.tsv").exists()


# --- as a whole


def test_version() -> None:
    assert Result("--version").out == f"turnstone {turnstone.__version__}\n"


def test_every_command_and_flag_is_documented() -> None:
    text = COMMANDS.read_text(encoding="utf-8")
    group = typer.main.get_command(app)
    sections = {part.split("\n", 1)[0].strip(): part for part in re.split(r"^## ", text, flags=re.MULTILINE)}
    assert "--version" in text
    commands = dict(group.commands)  # type: ignore[attr-defined]
    for name in [name for name, command in commands.items() if hasattr(command, "commands")]:
        commands |= {f"{name} {inner}": command for inner, command in commands.pop(name).commands.items()}
    for name, command in commands.items():
        section = sections[f"turnstone {name}"]
        documented = set(re.findall(r"`(--?[a-z][a-z-]*)", section))
        flags = {flag for one in command.params for flag in one.opts if flag.startswith("-")}
        assert flags <= documented, name
        assert documented <= flags | {"--help", "-h"}, name


def test_stories_are_summed_up_and_shown(tmp_path: Path) -> None:
    from tests.stories.samples import BOMB, ELSEWHERE, TOLL, stored

    directory = stored(tmp_path / "record", [BOMB, TOLL, ELSEWHERE])
    told = Result("stories", directory)
    assert told.status == 0
    assert told.out.startswith("3 articles, 3 of them new:\n         0 copies of another article, in 0 groups")
    assert "3 events reported, of 2 happenings (1.5 reports each)" in told.out
    assert "2 articles, 2 texts of 2 outlets, 2 sources: Courier, Herald" in told.out
    found = json.loads(Result("stories", directory, "--json", "-o", tmp_path / "elsewhere").out)
    assert (found["articles"], found["happenings"], found["several_articles"]) == (3, 2, 1)
    assert found["most_reported"][0]["source_names"] == ["Courier", "Herald"]
    assert (tmp_path / "elsewhere" / "manifest.json").exists()
    failed = Result("stories", tmp_path / "nothing")
    assert (failed.status, "holds no record" in failed.err) == (1, True)
