"""Every word that a digest or a page says about a figure, in one place. It says who said what, never who is right."""

from collections.abc import Mapping
from typing import Final

from models.enums import AlertKind, Bound, Health, Measure, Modifier, Object, Rule, Severity, Verdict
from monitor.digests.hygiene import one_line
from monitor.digests.values import Finding, Said, ToldFigure, Voice
from monitor.statements import Span

GROUP_SPACE: Final = "\u202f"
DASH: Final = "–"
DOT: Final = " · "

VERDICTS: Final[Mapping[Verdict, str]] = {
    Verdict.INCOMPATIBLE: "incompatible",
    Verdict.DIVERGENT: "divergent",
    Verdict.CONSISTENT: "consistent",
    Verdict.OUTDATED: "outdated",
    Verdict.NOT_COMPARABLE: "not comparable",
    Verdict.OFFICIAL_REVISION: "official revision",
    Verdict.NO_OFFICIAL_FIGURE: "no official figure",
}
RULES: Final[Mapping[Rule, str]] = {
    Rule.DISJOINT: "the two intervals do not meet",
    Rule.ARITHMETIC: "the counts cannot hold together",
    Rule.PARTIES: "two official bodies of one side give different counts",
    Rule.MISQUOTED: "the retelling gives a number that the quoted body is not known to have given",
    Rule.ANCHORS: "the intervals meet, their central values are far apart",
    Rule.LOWER_BOUND: "far above an official figure that is a lower bound",
    Rule.KIND: "one side counts soldiers where the other counts civilians",
    Rule.REVISION: "the official figure changed",
    Rule.SILENCE: "a number was claimed, none was seen from the official side",
}
SEVERITIES: Final[Mapping[Severity, str]] = {
    Severity.MAJOR: "major",
    Severity.NOTABLE: "notable",
    Severity.MINOR: "minor",
}
OBJECTS: Final[Mapping[Object, str]] = {
    Object.MILITARY: "soldiers",
    Object.CIVILIAN: "civilians",
    Object.CHILD: "children",
    Object.PERSON: "people",
    Object.DRONE: "drones",
    Object.MISSILE: "missiles",
    Object.ROCKET: "rockets",
    Object.BOMB: "bombs",
    Object.SHELL: "shells",
    Object.AIR_TARGET: "air targets",
    Object.AIRCRAFT: "aircraft",
    Object.HELICOPTER: "helicopters",
    Object.TANK: "tanks",
    Object.ARMOURED: "armoured vehicles",
    Object.ARTILLERY: "guns",
    Object.MLRS: "rocket launchers",
    Object.AIR_DEFENCE: "air defence systems",
    Object.SHIP: "ships",
    Object.VEHICLE: "vehicles",
    Object.AMMO: "ammunition stores",
    Object.EQUIPMENT: "pieces of equipment",
}
MEASURES: Final[Mapping[Measure, str]] = {
    Measure.KILLED: "killed",
    Measure.WOUNDED: "wounded",
    Measure.CASUALTIES: "killed and wounded together",
    Measure.MISSING: "missing",
    Measure.CAPTURED: "captured",
    Measure.LAUNCHED: "launched",
    Measure.INTERCEPTED: "intercepted",
    Measure.HIT: "hit their target",
    Measure.DESTROYED: "destroyed",
    Measure.DAMAGED: "damaged",
}
HEALTHS: Final[Mapping[Health, str]] = {
    Health.UNVERIFIED: "not verified",
    Health.OK: "read",
    Health.QUIET: "quiet",
    Health.NO_CHANNEL: "no such channel",
    Health.PREVIEW_CLOSED: "preview closed",
    Health.BROKEN: "not understood",
    Health.EMPTY: "empty",
    Health.BLOCKED: "blocked",
    Health.UNREACHABLE: "unreachable",
    Health.REFUSED: "refused",
    Health.IMPOSTOR: "other channel under this name",
    Health.GONE: "gone",
}
SIDES: Final[Mapping[str, str]] = {
    "ru": "Russian",
    "ua": "Ukrainian",
    "other": "another side's",
    "unknown": "side unknown",
}
MODIFIERS: Final[Mapping[Modifier, str]] = {
    Modifier.NONE: "",
    Modifier.AT_LEAST: "at least ",
    Modifier.MORE_THAN: "more than ",
    Modifier.UP_TO: "up to ",
    Modifier.LESS_THAN: "fewer than ",
    Modifier.ALMOST: "almost ",
    Modifier.ABOUT: "about ",
}
BOUND_WORDS: Final[Mapping[Bound, str]] = {Bound.AT_LEAST: "at least ", Bound.AT_MOST: "up to ", Bound.ABOUT: "about "}
VAGUE: Final[Mapping[tuple[float | None, float | None], str]] = {
    (2, 9): "several",
    (20, 99): "dozens",
    (200, 999): "hundreds",
    (2000, 9999): "thousands",
    (20_000, 99_999): "tens of thousands",
    (200_000, 999_999): "hundreds of thousands",
}


def number(value: float) -> str:
    """Groups of three from 10 000 on, a decimal only where there is one."""
    whole = f"{round(value, 2):,.2f}".rstrip("0").rstrip(".")
    return whole.replace(",", GROUP_SPACE if value >= 10_000 else "")


def amount(said: Said) -> str:
    """The number with its bound: 'about 400', 'up to 85', '63', '8–10', 'hundreds'."""
    if said.bound is Bound.VAGUE:
        return VAGUE.get((said.low, said.high), _ends(said.low, said.high))
    word = MODIFIERS[said.modifier] or BOUND_WORDS.get(said.bound, "")
    return word + _ends(said.low, said.high)


def _ends(low: float | None, high: float | None) -> str:
    known = [end for end in (low, high) if end is not None]
    if not known:
        return "an unstated number"
    return number(known[0]) if len(set(known)) == 1 else f"{number(known[0])}{DASH}{number(known[1])}"


def interval(span: Span) -> str:
    """What the figure means: '360–440', 'above 15', '15 and above', '63'."""
    if span.high is None:
        return f"above {number(span.low)}" if span.low_open else f"{number(span.low)} and above"
    if span.low == span.high:
        return number(span.low)
    return f"{number(span.low)}{DASH}{number(span.high)}"


def conservative(span: Span) -> str:
    """The value by which the conflict-data convention codes a vague word, empty for other figures."""
    return " or ".join(number(value) for value in span.conservative)


def counted(measure: Measure, object_: Object) -> str:
    return f"{OBJECTS[object_]} {MEASURES[measure]}"


def side(key: str) -> str:
    return SIDES.get(key, one_line(key))


def voice_name(voice: Voice) -> str:
    return one_line(voice.name)


def claim(statement: ToldFigure) -> str:
    """'StratCom: about 400 killed', 'Ministry: 89 killed (was 63)'."""
    words = f"{voice_name(statement.voice)}: {amount(statement.said)} {MEASURES[statement.said.measure]}"
    return words if statement.was is None else f"{words} ({was(statement.was)})"


def was(said: Said) -> str:
    return f"was {amount(said)}"


def factor(ratio: float | None) -> str:
    """Empty where there is none: against zero no factor can be given."""
    return "" if ratio is None else f"factor {ratio:.1f}" if ratio < 1000 else f"factor {number(round(ratio))}"


def headline(finding: Finding) -> str:
    """'StratCom: about 400 killed · Russian MoD: 89 killed · factor 4.0 · the two intervals do not meet'."""
    if finding.kind is AlertKind.REVISION:
        return DOT.join((_revision(finding), RULES[finding.rule]))
    parts = [claim(statement) for statement in finding.claims[: None if finding.official is None else 1]]
    if finding.official is not None:
        parts.append(claim(finding.official))
    return DOT.join([*parts, *filter(None, (factor(finding.ratio),)), RULES[finding.rule]])


def _revision(finding: Finding) -> str:
    steps = finding.series or tuple(filter(None, (finding.official, *finding.claims[:1])))
    arrows = " → ".join(amount(step.said) for step in steps)
    return f"{voice_name(steps[-1].voice)}: {arrows} {MEASURES[finding.measure]}" if steps else arrows


def counted_things(count: int, one: str, many: str | None = None) -> str:
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def every(seconds: float) -> str:
    """'every 45 s', 'every 3 min', 'every 2 h'."""
    if seconds < 90:
        return f"every {round(seconds)} s"
    return f"every {round(seconds / 60)} min" if seconds < 5400 else f"every {round(seconds / 3600)} h"
