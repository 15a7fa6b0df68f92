"""Alerts of a replayed scenario against the lines that the rules ask for (README.md here has the form of a line)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

Line: TypeAlias = Mapping[str, Any]

PEOPLE = {"military", "civilian", "person", "child"}


@dataclass(frozen=True)
class Score:
    """`found`: pairs of what was asked for and what was raised."""

    found: tuple[tuple[Line, Line], ...]
    missed: tuple[Line, ...]
    false: tuple[Line, ...]

    @property
    def severities(self) -> list[str]:
        """Those that differ, of what is required."""
        graded = [(asked, raised) for asked, raised in self.found if asked["required"] and asked["severity"]]
        return [
            f"{number(asked['claim'])}: {raised['severity']} for {asked['severity']}"
            for asked, raised in graded
            if asked["severity"] != raised["severity"]
        ]


def score(asked: Sequence[Line], raised: Iterable[Line]) -> Score:
    """Each line asked for takes one alert, the required ones first; an alert that none takes is false.

    An alert marked `to_check` is no firm one: it finds nothing that is required.
    """
    free = sorted(asked, key=lambda line: not line["required"])
    found: list[tuple[Line, Line]] = []
    false: list[Line] = []
    for alert in sorted(raised, key=lambda alert: bool(alert["to_check"])):
        line = next((line for line in free if takes(line, alert)), None)
        if line is None:
            false.append(alert)
        else:
            free.remove(line)
            found.append((line, alert))
    return Score(tuple(found), tuple(line for line in free if line["required"]), tuple(false))


def takes(line: Line, alert: Line) -> bool:
    if alert["to_check"] and line["required"]:
        return False
    if counted(line) != counted(alert):
        return False
    if claim(line) != claim(alert):
        return mirrored(line, alert)
    if line["official"] is None or alert["official"] is None:
        return line["official"] is alert["official"]
    if not line["required"]:
        return bool(line["official"]["party"] == alert["official"]["party"])
    return official(line) == official(alert)


def mirrored(line: Line, alert: Line) -> bool:
    """Of two parties at odds either may be the claim."""
    if line["official"] is None or alert["official"] is None or line["verdict"] != "incompatible":
        return False
    parties = line["claim"].get("party"), (alert["claim"].get("speaker") or {}).get("key")
    if None in parties:
        return False
    return (parties[0], number(line["claim"])) == official(alert) and official(line) == (
        parties[1],
        number(alert["claim"]),
    )


def counted(line: Line) -> tuple[str, str, str, str]:
    return line["verdict"], line["measure"], line["side"], "people" if line["object"] in PEOPLE else line["object"]


def claim(line: Line) -> tuple[str, str, tuple[float, float | None]]:
    post = line["claim"]["post"]
    return post["source"], str(post["id"]), number(line["claim"])


def official(line: Line) -> tuple[str, tuple[float, float | None]]:
    return line["official"]["party"], number(line["official"])


def number(figure: Line) -> tuple[float, float | None]:
    """An open lower end is 0."""
    return figure["low"] or 0, figure["high"]
