"""A library at once: order, cache, kills, outputs, odd input, and the same on a cluster."""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

TEXTS = [
    "Hi Priya, your cold-storage talk in Leeds had the two broken loggers. Which sensor did you change to? Tom",
    "Hi Ann, I came across your profile and would love to pick your brain asap!!! Kindly do the needful.",
    "Hello Sam, is the yard on Mill Lane still free on Thursday at nine? I can send the van at eight. Jo",
    "Hi Lee, ACT NOW for a 100% guaranteed offer, click here: http://bit.ly/x. Send me your bank details.",
]
SMALL = ["--no-config", "--quiet"]
FORMATS = ("csv", "jsonl", "parquet", "xlsx", "md", "html")


def command(*arguments: object) -> list[str]:
    return [str(Path(sys.executable).with_name("score-draft")), "batch", *map(str, arguments)]


def run(cache: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache), "OMP_NUM_THREADS": "1"}
    return subprocess.run(command(*arguments), capture_output=True, text=True, env=environment, timeout=120)


def partitions(folder: Path, parts: int, rows: int) -> Path:
    import pyarrow
    from pyarrow.parquet import write_table

    folder.mkdir()
    texts = iter(f"{TEXTS[n % len(TEXTS)]} {n}" for n in range(parts * rows))
    for part in range(parts):
        columns = {"id": [f"{part}-{n}" for n in range(rows)], "text": [next(texts) for _ in range(rows)]}
        write_table(pyarrow.table(columns), folder / f"part-{part}.parquet")
    return folder


def table(path: Path, number: int = 12) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(("Template Name", "Body", "Sent", "Reply Count", "Note"))
        for at in range(number):
            text = f"{TEXTS[at % len(TEXTS)]} PS: it is lot {at}."
            rows.writerow((f"t{at}", text, 40 + at, at, "x"))
    return path


def ids(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row["id"] for row in csv.DictReader(file)]


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """A library of tables and files, scored in one process and in two, and once more from the cache."""
    folder = tmp_path_factory.mktemp("library")
    table(folder / "a.csv", 70)
    (folder / "b.md").write_text("---\nchannel: email\nsubject: The yard\n---\n" + TEXTS[2], encoding="utf-8")
    (folder / "c.txt").write_text("Hi {{first_name}}, how is {{company}} doing with the move to Leeds?")
    (folder / "d.jsonl").write_text(
        json.dumps({"name": "=cmd()", "message": TEXTS[0]})
        + "\nbroken\n"
        + json.dumps({"name": "<b>", "message": TEXTS[3]})
    )
    return folder


@pytest.fixture(scope="module")
def runs(library, tmp_path_factory):
    cache = tmp_path_factory.mktemp("cache")
    made = {}
    for name, options in (("one", ()), ("two", ("--no-cache", "--jobs", 2)), ("again", ())):
        out = tmp_path_factory.mktemp(name)
        targets = [word for ending in FORMATS for word in ("--to", out / f"o.{ending}")]
        made[name] = (run(cache, library, *targets, *options, "--no-config"), out)
    return made


def test_the_same_bytes_from_two_processes_and_from_the_cache(runs):
    for name, (done, _) in runs.items():
        assert done.returncode == 0, (name, done.stderr)
    for ending in FORMATS:
        first = (runs["one"][1] / f"o.{ending}").read_bytes()
        assert first == (runs["two"][1] / f"o.{ending}").read_bytes(), ending
        assert first == (runs["again"][1] / f"o.{ending}").read_bytes(), ending


def test_order_counts_and_formulas_in_the_tables(runs):
    from openpyxl import load_workbook
    from pyarrow.parquet import read_table

    out = runs["one"][1]
    with (out / "o.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows[:70]] == [f"t{at}" for at in range(70)]
    assert (rows[5]["Sent"], rows[5]["Reply Count"]) == ("45", "5")
    assert "Note" not in rows[0]
    assert rows[72]["id"] == "'=cmd()"
    sheet = load_workbook(out / "o.xlsx", read_only=True).active
    cells = list(sheet.iter_rows(values_only=True))
    at = cells[0].index("id")
    assert cells[73][at] == "'=cmd()"
    assert len(cells) == 75
    parquet = read_table(out / "o.parquet").to_pylist()
    assert [f"{row['score']:.1f}" for row in parquet] == [row["score"] for row in rows]
    reports = [json.loads(line) for line in (out / "o.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [report["score"] for report in reports] == [row["score"] for row in parquet]
    assert reports[3]["kept"] == {"Sent": "43", "Reply Count": "3"}
    assert rows[71]["kind"] == "template"


def test_rejected_rows_are_kept_with_place_and_reason(runs, library):
    done, out = runs["one"]
    (reject,) = [json.loads(line) for line in (out / "o.rejects.jsonl").read_text().splitlines()]
    assert reject == {
        "path": str(library / "d.jsonl"), "sheet": None, "row": 2, "reason": "not valid JSON",
        "cells": {"": "broken"},
    }  # fmt: skip
    assert "d.jsonl:2: not valid JSON" in done.stderr


def test_the_page_stands_alone_and_escapes(runs):
    page = (runs["one"][1] / "o.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;" in page
    assert "(<b>)" not in page
    assert not re.search(r"(src|href)=|@import|url\(", page)
    assert page.count('<tbody data-codes="') == 74
    assert '<mark class="error"' in page
    assert "The same twice" in page


def test_the_summary_says_what_to_do(runs):
    out = runs["one"][0].stdout
    for words in ("74 drafts: mean", "Weakest first:", "Worst:", "Most frequent findings:", "Mend first:"):
        assert words in out


def test_an_output_that_cannot_be_written_is_told_before_scoring(tmp_path):
    (tmp_path / "a.txt").write_text(TEXTS[0])
    for out in (tmp_path / "none" / "o.csv", tmp_path):
        done = run(tmp_path / "cache", tmp_path / "a.txt", "--to", f"csv={out}")
        assert done.returncode == 2
        assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "cache").exists()


def test_standard_input_is_no_library(tmp_path):
    done = run(tmp_path / "cache", "-")
    assert done.returncode == 2
    assert "standard input" in done.stderr


def test_only_what_changed_is_scored_again(tmp_path, monkeypatch):
    from scorer.library import stored
    from scorer.library.batch import score_library
    from scorer.library.sources import Source
    from scorer.library.stored import Store
    from scorer.schema import Draft

    scored: list[str] = []

    def runner(batches):
        for batch in batches:
            scored.extend(source.draft.text for _, source in batch)
            yield batch, [json.dumps({"score": 1.0}) for _ in batch]

    def once(texts, maker="m"):
        store = Store(str(tmp_path / "cache"), maker)
        dropped = store.drop_others()
        score_library([Source(Draft(text=t, id=t), None) for t in texts], store, runner, rejected=print)
        number = len(store)
        store.close()
        done = scored[:]
        scored.clear()
        return dropped, number, done

    assert once(["a", "b", "a"]) == (0, 3, ["a", "b"])
    assert once(["b", "c", "a"]) == (0, 3, ["c"])
    # What other settings made stays for them, until the file is large.
    assert once(["a"], "other") == (0, 1, ["a"])
    assert once(["b", "c", "a"]) == (0, 3, [])
    monkeypatch.setattr(stored, "_LARGEST", 0)
    assert once(["a"], "other") == (3, 1, [])


def test_a_killed_run_goes_on_where_it_was(tmp_path):
    source = table(tmp_path / "t.csv", 400)
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path), "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen(command(source, *SMALL, "--to", tmp_path / "o.csv"), env=environment)
    kept = 0
    for _ in range(600):
        time.sleep(0.1)
        kept = count(tmp_path)
        if kept or process.poll() is not None:
            break
    process.kill()
    process.wait()
    assert 0 < kept < 400
    assert not (tmp_path / "o.csv").exists()
    before = rowids(tmp_path)
    done = run(tmp_path, source, *SMALL, "--to", tmp_path / "o.csv")
    assert done.returncode == 0, done.stderr
    assert ids(tmp_path / "o.csv") == [f"t{at}" for at in range(400)]
    assert before <= rowids(tmp_path)
    assert count(tmp_path) == 400


def base(cache: Path):
    import sqlite3

    return sqlite3.connect(f"file:{cache}/score-draft/reports.sqlite?mode=ro", uri=True)


def count(cache: Path) -> int:
    try:
        return int(base(cache).execute("SELECT count(*) FROM report").fetchone()[0])
    except Exception:
        return 0


def rowids(cache: Path) -> set[bytes]:
    return {key for (key,) in base(cache).execute("SELECT key FROM report")}


def test_an_interrupt_keeps_what_was_done(tmp_path):
    # Many, so that it is still at work when a busy machine lets this test look.
    source = table(tmp_path / "t.csv", 3000)
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path), "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen(
        command(source, *SMALL), env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True,
        # Tests that run in the background would hand on that interrupts are ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    while not count(tmp_path) and process.poll() is None:
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said == ""
    assert 0 < count(tmp_path) < 3000


def test_dry_run_shows_the_columns_and_no_text(tmp_path):
    source = table(tmp_path / "t.csv", 3)
    done = run(tmp_path, source, "--dry-run")
    assert done.returncode == 0
    assert re.search(r"text +Body\n", done.stdout)
    assert re.search(r"kept along +Sent, Reply Count\n", done.stdout)
    assert re.search(r"not used +Note\n", done.stdout)
    assert "3 drafts; 0 rows and 0 files" in done.stdout
    assert "sensor" not in done.stdout
    shown = run(tmp_path, source, "--dry-run", "--show-text", "--map", "id=Note")
    assert "cold-storage" in shown.stdout
    assert re.search(r"id +Note\n", shown.stdout)
    assert not (tmp_path / "score-draft").exists()


def test_the_gate(tmp_path):
    source = table(tmp_path / "t.csv", 4)
    assert run(tmp_path, source, *SMALL, "--min-score", 99).returncode == 1
    done = run(tmp_path, source, *SMALL, "--fail-on", "error", "--sort", "worst", "--to", tmp_path / "o.csv")
    assert done.returncode == 1
    assert "of 4 drafts do not pass" in done.stderr
    with (tmp_path / "o.csv").open(encoding="utf-8", newline="") as file:
        scores = [float(row["score"]) for row in csv.DictReader(file)]
    assert scores == sorted(scores)


def _bad_library(tmp_path: Path, case: str) -> tuple[list[object], str]:
    good = table(tmp_path / "good.csv", 2)
    bad = tmp_path / f"bad.{case.rpartition('.')[2]}"
    if case == "empty folder":
        (tmp_path / "empty").mkdir()
        return [tmp_path / "empty"], "no drafts in this folder"
    if case == "no text.csv":
        bad.write_text("a,b\n1,2\n")
        return [bad], "no column with the drafts"
    if case == "huge.csv":
        with bad.open("wb") as file:
            file.write(b'text\n"')
            file.truncate(1 << 30)
        return [bad], ":2: a cell that begins here has more than 1000000 characters"
    if case in ("corrupt.xlsx", "corrupt.parquet"):
        bad.write_bytes(b"PK\x03\x04 nothing")
        return [bad], "file that can be read"
    if case == "no cache":
        (tmp_path / "c").write_text("not a cache at all" * 100)
        return [good, "--cache", tmp_path / "c"], "not a cache of score-draft"
    if case == "cache of another version":
        import sqlite3

        other = sqlite3.connect(tmp_path / "c")
        other.executescript("CREATE TABLE report (x); PRAGMA user_version = 99;")
        other.close()
        return [good, "--cache", tmp_path / "c"], "not a cache of this version of score-draft"
    if case == "full disk":
        return [good, "--to", "csv=/dev/full"], "/dev/full: cannot be written: No space left on device"
    if case == "map":
        return [good, "--map", "text=Boddy"], 'did you mean "Body"?'
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return [good, "--cluster", f"tcp://127.0.0.1:{port}"], "no Dask scheduler answers at"


@pytest.mark.parametrize(
    "case",
    ["empty folder", "no text.csv", "huge.csv", "corrupt.xlsx", "corrupt.parquet", "no cache",
     "cache of another version", "full disk", "map", "dead scheduler"],
)  # fmt: skip
def test_bad_input_is_one_line(tmp_path, case):
    arguments, said = _bad_library(tmp_path, case)
    done = run(tmp_path / "cache", *arguments, *SMALL)
    assert done.returncode == 2, done.stderr
    lines = [line for line in done.stderr.splitlines() if "nothing to score" not in line]
    assert len(lines) == 1, done.stderr
    assert said in lines[0]


def test_a_corrupt_file_does_not_stop_the_others(tmp_path):
    table(tmp_path / "a.csv", 3)
    (tmp_path / "b.xlsx").write_bytes(b"PK nothing")
    (tmp_path / "c.txt").write_text(TEXTS[2])
    done = run(tmp_path / "cache", tmp_path, *SMALL, "--to", tmp_path / "cache.csv")
    assert done.returncode == 2
    assert len(ids(tmp_path / "cache.csv")) == 4


def test_a_cluster_gives_what_one_machine_gives_and_outlives_a_worker(tmp_path):
    source = partitions(tmp_path / "library", 2, 100)
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "5"}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environment, "cwd": tmp_path}
    dask = [sys.executable, "-m", "dask"]
    port = address.rpartition(":")[2]
    started = [
        subprocess.Popen(
            [*dask, "scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard"], **quiet
        )
    ]
    worker = [*dask, "worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    started += [subprocess.Popen([*worker, "--local-directory", str(tmp_path)], **quiet) for _ in range(2)]
    try:
        _wait_for_workers(address, 2)
        cache = tmp_path / "clustered"
        arguments = command(source, *SMALL, "--cluster", address, "--to", tmp_path / "cluster.parquet")
        arguments += ["--to", f"{tmp_path}/clustered-parts/"]
        run_env = {**environment, "XDG_CACHE_HOME": str(cache)}
        process = subprocess.Popen(arguments, env=run_env, stderr=subprocess.PIPE, text=True)
        while not count(cache) and process.poll() is None:
            time.sleep(0.1)
        assert process.poll() is None, "the worker has to die in the middle"
        started[1].kill()
        _, said = process.communicate(timeout=120)
        assert process.returncode == 0, said
    finally:
        for each in reversed(started):
            each.kill()
            each.wait()
    outputs = ("--to", tmp_path / "local.parquet", "--to", f"{tmp_path}/local-parts/")
    done = run(tmp_path / "alone", source, *SMALL, *outputs)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "cluster.parquet").read_bytes() == (tmp_path / "local.parquet").read_bytes()
    for part in ("part-0.parquet", "part-1.parquet"):
        made = (tmp_path / "clustered-parts" / part).read_bytes()
        assert made == (tmp_path / "local-parts" / part).read_bytes()


def test_a_partitioned_library_has_partitioned_results(tmp_path):
    import pyarrow
    from pyarrow.parquet import read_table

    source = partitions(tmp_path / "library", 3, 4)
    done = run(tmp_path / "cache", source, "--to", tmp_path / "all.parquet", "--to", f"{tmp_path}/parts/")
    assert done.returncode == 0, done.stderr
    parts = [read_table(path) for path in sorted((tmp_path / "parts").iterdir())]
    assert [part.num_rows for part in parts] == [4, 4, 4]
    assert pyarrow.concat_tables(parts).equals(read_table(tmp_path / "all.parquet"))
    refused = run(tmp_path / "cache", source, "--to", f"{source}/")
    assert refused.returncode == 2
    assert "holds the library" in refused.stderr


def _wait_for_workers(address: str, number: int) -> None:
    code = (
        "import sys\nfrom distributed import Client\n"
        "client = Client(sys.argv[1], timeout=60)\nclient.wait_for_workers(int(sys.argv[2]), timeout=60)"
    )
    subprocess.run([sys.executable, "-c", code, address, str(number)], check=True, capture_output=True)
