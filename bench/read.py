"""Speed and memory of the reader, beside its peers in one run.

    python -m bench.read [--input POSTS.jsonl] [--seconds 3] [--rounds 5] [--no-peers]

Without `--input` the examples of the corpus are read. Rates are posts a second of one core, by the CPU time that was
spent, the best of the rounds: other programs on the machine then count least. `Cold` is a new process that meets each
post for the first time. The peers are installed into `.venv-bench` when first asked for; one that cannot be is named
with the reason. Short posts with figures are brought to 500 characters by joining and filling.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import yaml
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
PEERS = ("natasha-ner", "quantulum3", "recognizers-text")
POST_CHARS = 500
LENGTHS = (1_000, 10_000, 100_000, 1_000_000)
HOSTILE = {
    "digits": "7",
    "commas": "1,",
    "number words": "\u0441\u0442\u043e ",
    "nested quotes": "\u00ab",
    "combining marks": "e\u0301",
    "figures": "up to 400 killed, 3 tanks destroyed. ",
    "brackets": "((+",
    "no space": "\u0430",
}


@dataclass(frozen=True, slots=True)
class Texts:
    silent: list[str]
    figures: list[str]

    @property
    def mixed(self) -> list[str]:
        return self.silent + self.figures


def corpus_texts() -> Iterator[str]:
    for path in sorted((ROOT / "tests" / "corpus").glob("??/*.yaml")):
        for example in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield example["text"]


def file_texts(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def sorted_out(texts: Sequence[str]) -> Texts:
    from monitor.figures import read_figures

    telling = [text for text in texts if read_figures(text)]
    silent = [text for text in texts if not read_figures(text)]
    return Texts(silent, [text for text in posts_of(POST_CHARS, telling, silent) if read_figures(text)])


def posts_of(chars: int, telling: Sequence[str], silent: Sequence[str]) -> list[str]:
    """Long ones as they are; short ones two together, filled up with silent text: real posts hold 2.3 figures each."""
    filling = cycle(silent or [""])
    posts = [text for text in telling if len(text) >= chars / 2]
    short = [text for text in telling if len(text) < chars / 2]
    for first, second in zip(short[::2], short[1::2], strict=False):
        post = f"{first}\n{second}"
        while silent and len(post) < chars:
            post += "\n" + next(filling)
        posts.append(post[:chars])
    return posts


def rate(read: Callable[[str], object], texts: Sequence[str], *, seconds: float, rounds: int) -> float:
    rates = []
    for _ in range(rounds):
        done, began = 0, time.process_time()
        while (spent := time.process_time() - began) < seconds / rounds:
            for text in texts[done % len(texts) : done % len(texts) + 50]:
                read(text)
                done += 1
        rates.append(done / spent)
    return max(rates)


def cold(texts: Sequence[str], rounds: int) -> Mapping[str, float]:
    """Medians of `bench.cold` over the texts."""
    given = json.dumps(list(texts))
    runs = [
        subprocess.run(
            [sys.executable, "-m", "bench.cold"], input=given, capture_output=True, text=True, check=True, cwd=ROOT
        )
        for _ in range(rounds)
    ]
    rows: list[dict[str, float]] = [json.loads(run.stdout) for run in runs]
    return {key: statistics.median(row[key] or 0.0 for row in rows) for key in rows[0]}


@dataclass(frozen=True, slots=True)
class Command:
    posts: int
    seconds: float
    cpu_seconds: float


def command(path: Path) -> Command:
    """`counterclaim read FILE` as a command, JSON in and out."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    out = subprocess.run(
        [sys.executable, "-m", "monitor.cli", "read", path], capture_output=True, check=False, cwd=ROOT
    )
    seconds, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Command(out.stdout.count(b"\n"), seconds, cpu)


def peer_environment() -> Path:
    python = ROOT / ".venv-bench" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", ROOT / ".venv-bench"], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "-r", ROOT / "bench" / "peers.txt"], check=True)
    return python


def peer(name: str, texts: Sequence[str], seconds: float) -> Mapping[str, float] | str:
    """Its row, or why there is none."""
    try:
        out = subprocess.run(
            [peer_environment(), ROOT / "bench" / "peers.py", name, str(seconds)],
            input=json.dumps(list(texts)), capture_output=True, text=True, check=True,
            env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        )  # fmt: skip
    except subprocess.CalledProcessError as error:
        said = (error.stderr or error.stdout or "").strip().splitlines()
        return said[-1] if said else str(error)
    result: dict[str, float] = json.loads(out.stdout)
    return result


def speed_table(texts: Texts, options: argparse.Namespace) -> Table:
    from monitor.figures import read_figures

    table = Table("who", "posts", "cold", "warm", "beside ours", "peak MB", title="Posts/s/core")
    both = 0.0
    for what, posts in (("without figures", texts.silent), ("with figures", texts.figures), ("both", texts.mixed)):
        if posts:
            start = cold(posts, options.rounds)
            both = rate(read_figures, posts, seconds=options.seconds, rounds=options.rounds)
            table.add_row("counterclaim", what, f"{start['rate']:,.0f}", f"{both:,.0f}", "", f"{start['peak_mb']:.0f}")
    for name in () if options.no_peers else PEERS:
        got = peer(name, texts.mixed, options.seconds)
        if isinstance(got, str):
            table.add_row(name, f"not run: {got}")
            continue
        beside = f"1/{both / got['rate']:.0f}"
        table.add_row(
            name, f"both ({got['failed']:.0f} failed)", "", f"{got['rate']:,.0f}", beside, f"{got['peak_mb']:.0f}"
        )
    return table


def length_table() -> Table:
    from monitor.figures import read_figures

    table = Table(
        "text of", *(f"{length:,} chars" for length in LENGTHS), title="Nanoseconds a character against length"
    )
    for name, piece in HOSTILE.items():
        row = []
        for length in LENGTHS:
            text = (piece * (length // len(piece) + 1))[:length]
            began = time.process_time()
            read_figures(text)
            row.append(f"{(time.process_time() - began) / length * 1e9:,.0f}")
        table.add_row(name, *row)
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--input", type=Path)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--no-peers", action="store_true")
    options = parser.parse_args()
    console = Console()
    texts = sorted_out(list(file_texts(options.input) if options.input else corpus_texts()))
    start = cold(texts.figures[:1], options.rounds)
    console.print(
        f"Start: import {start['import'] * 1000:.0f} ms, first post {start['first'] * 1000:.0f} ms, "
        f"peak {start['peak_mb']:.0f} MB"
    )
    console.print(speed_table(texts, options))
    console.print(length_table())
    if options.input:
        ran = command(options.input)
        console.print(
            f"`counterclaim read`: {ran.posts:,} posts, JSON in and out: {ran.posts / ran.seconds:,.0f} posts/s, "
            f"{ran.posts / ran.cpu_seconds:,.0f} posts/s/core"
        )


if __name__ == "__main__":
    main()
