"""The scenario on a real desk from the first post to the last, and what it must have come to."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import yaml

from tests.e2e.desk import WITHIN_S, Desk
from tests.e2e.stage import NO_FEED, Stage, stage
from tests.scenarios.test_scenarios import told, wanted

SCENARIO: Final = Path(__file__).parent / "scenario"
SOURCES: Final = (SCENARIO / "sources.yaml").read_text(encoding="utf-8")
STEPS: Final = yaml.safe_load((SCENARIO / "steps.yaml").read_text(encoding="utf-8"))
EXPECTED: Final = yaml.safe_load((SCENARIO / "expected.yaml").read_text(encoding="utf-8"))
HURRY: Final = {
    "ALLOW_NETWORKS": "127.0.0.1/32", "TICK": "1", "POLL_MIN": "1", "POLL_DEFAULT": "1", "POLL_MAX": "1",
    "FEED_POLL_MIN": "1", "HOST_PACE": "0.02", "LEASE": "8", "CONFIRM_DELETION_AFTER": "1", "PROCESS_WORKERS": "1",
}  # fmt: skip


@contextmanager
def desk_on(
    folder: Path, env: Mapping[str, str], sources: str = SOURCES, **settings: str
) -> Iterator[tuple[Desk, Stage]]:
    """Followed sources and nothing else, not even the example: the first `up` finds a store that is not empty."""
    keys = [entry["key"] for entry in yaml.safe_load(sources)["sources"]]
    with stage(keys) as shown:
        given = HURRY | {"PREVIEW_BASE": shown.preview.base} | settings
        desk = Desk(folder, env, {f"COUNTERCLAIM_{name}": value for name, value in given.items()})
        file = folder / "sources.yaml"
        file.write_text(sources.replace(NO_FEED, shown.show_feed()), encoding="utf-8")
        desk.command("sources", "import", file)
        desk.start()
        try:
            yield desk, shown
        finally:
            stopped = desk.stop()
        assert stopped == 0


def play(desk: Desk, shown: Stage, disturb: Mapping[int, Callable[[Desk], None]]) -> None:
    """`disturb`: what to do in the middle of which step."""
    for number, step in enumerate(STEPS):
        before = set(shown.versions.items())
        shown.play(step)
        if number in disturb:
            fresh = {ref: shown.shown[ref] for ref, _ in set(shown.versions.items()) - before}
            desk.wait_until(lambda fresh=fresh: any(desk.text(ref) == text for ref, text in fresh.items()))
            disturb[number](desk)
        wait_for_all(desk, shown)
    wait_for_troubles(desk, shown)


def wait_for_all(desk: Desk, shown: Stage, within_s: float = WITHIN_S) -> None:
    """Until the desk has read all that is shown: each post as it is now, and what is gone as gone."""

    def done() -> bool:
        kept = desk.kept() if desk.versions() == sum(shown.versions.values()) else None
        return kept is not None and kept.texts == shown.shown and kept.deleted == shown.deleted

    desk.wait_until(done, within_s)


def wait_for_troubles(desk: Desk, shown: Stage) -> None:
    desk.wait_until(lambda: desk.health("evening") == "preview_closed")
    shown.play([{"fault": "reports", "wait": 3600}])
    desk.wait_until(lambda: desk.health("reports") == "blocked")


def alerts_of(desk: Desk) -> list[str]:
    return told(desk.lines("alerts"))


def told_twice(desk: Desk) -> list[str]:
    """Alerts that were opened twice, or whose history says the same twice in a row."""
    return [
        key
        for key, changes in desk.history() or ()
        if [what for what, _ in changes].count("opened") != 1 or any(one == after for one, after in pairwise(changes))
    ]


def expected() -> list[str]:
    return sorted(map(wanted, EXPECTED))


def troubles_of(desk: Desk) -> dict[str, Any]:
    return {line["key"]: line for line in desk.lines("sources", "list", "--state", "failing")}
