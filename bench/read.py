"""Speed and memory of the reader, beside its peers in one run.

    python -m bench.read [--input POSTS.jsonl] [--seconds 3] [--rounds 5] [--no-peers]

Without `--input` the examples of the corpus are read. Medians of the rounds, one core. The peers are installed into
`.venv-bench` when first asked for. Short posts with figures are brought to 500 characters by joining and filling.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
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
COLD = "import time;t=time.perf_counter();from monitor.figures import read_figures;i=time.perf_counter();" \
    "read_figures({text!r});r=time.perf_counter();import resource;" \
    "print(i-t,r-i,resource.getrusage(resource.RUSAGE_SELF).ru_maxrss/1024)"  # fmt: skip


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
    """Median posts a second."""
    rates = []
    for _ in range(rounds):
        done, began = 0, time.perf_counter()
        while (spent := time.perf_counter() - began) < seconds / rounds:
            for text in texts[done % len(texts) : done % len(texts) + 50]:
                read(text)
                done += 1
        rates.append(done / spent)
    return statistics.median(rates)


def cold(text: str, rounds: int) -> tuple[float, float, float]:
    """Medians of: seconds of import, seconds of the first post, peak megabytes."""
    rows = []
    for _ in range(rounds):
        out = subprocess.run(
            [sys.executable, "-c", COLD.format(text=text)], capture_output=True, text=True, check=True, cwd=ROOT
        )
        rows.append([float(word) for word in out.stdout.split()])
    first, second, third = (statistics.median(column) for column in zip(*rows, strict=True))
    return first, second, third


def command_rate(path: Path) -> tuple[int, float]:
    """Posts, and posts a second of `counterclaim read FILE` as one command with JSON in and out."""
    began = time.perf_counter()
    out = subprocess.run(
        [sys.executable, "-m", "monitor.cli", "read", path], capture_output=True, check=False, cwd=ROOT
    )
    lines = out.stdout.count(b"\n")
    return lines, lines / (time.perf_counter() - began)


def peer_environment() -> Path:
    python = ROOT / ".venv-bench" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", ROOT / ".venv-bench"], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "-r", ROOT / "bench" / "peers.txt"], check=True)
    return python


def peer(name: str, texts: Sequence[str], seconds: float) -> dict[str, float]:
    out = subprocess.run(
        [peer_environment(), ROOT / "bench" / "peers.py", name, str(seconds)],
        input=json.dumps(list(texts)), capture_output=True, text=True, check=True,
        env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
    )  # fmt: skip
    result: dict[str, float] = json.loads(out.stdout)
    return result


def speed_table(texts: Texts, options: argparse.Namespace) -> Table:
    from monitor.figures import read_figures

    table = Table("who", "posts", "posts/s/core", "beside ours", "peak MB", title="Warm")
    ours = {
        what: rate(read_figures, posts, seconds=options.seconds, rounds=options.rounds)
        for what, posts in (("without figures", texts.silent), ("with figures", texts.figures), ("both", texts.mixed))
        if posts
    }
    peak = f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}"
    for what, value in ours.items():
        table.add_row("counterclaim", what, f"{value:,.0f}", "", peak)
    for name in () if options.no_peers else PEERS:
        got = peer(name, texts.mixed, options.seconds)
        table.add_row(
            name,
            f"both ({got['failed']:.0f} failed)",
            f"{got['rate']:,.0f}",
            f"1/{ours['both'] / got['rate']:.0f}",
            f"{got['peak_mb']:.0f}",
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
            began = time.perf_counter()
            read_figures(text)
            row.append(f"{(time.perf_counter() - began) / length * 1e9:,.0f}")
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
    import_s, first_s, peak = cold(texts.figures[0], options.rounds)
    console.print(f"Cold: import {import_s * 1000:.0f} ms, first post {first_s * 1000:.0f} ms, peak {peak:.0f} MB")
    console.print(speed_table(texts, options))
    console.print(length_table())
    if options.input:
        lines, per_second = command_rate(options.input)
        console.print(f"`counterclaim read`: {lines:,} posts at {per_second:,.0f} posts/s, JSON in and out")


if __name__ == "__main__":
    main()
