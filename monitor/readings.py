"""What was read of a post, as one line of JSON (docs/formats.md)."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from models.enums import Lang
from monitor.values import Figure


def reading_line(post_id: str, lang: Lang, figures: Iterable[Figure]) -> str:
    line = {"id": post_id, "lang": lang.value, "figures": [figure_json(figure) for figure in figures]}
    return json.dumps(line, ensure_ascii=False)


def figure_json(figure: Figure) -> dict[str, Any]:
    speaker, place, part, as_of = figure.speaker, figure.place, figure.part, figure.as_of
    return {
        "start": figure.start,
        "end": figure.end,
        "quote": figure.quote,
        "measure": figure.measure.value,
        "object": figure.object.value,
        "low": number_json(figure.low),
        "high": number_json(figure.high),
        "bound": figure.bound.value,
        "modifier": figure.modifier.value,
        "side": figure.side,
        "scope": figure.scope.value,
        "part": None if part is None else {"quote": part.quote, "of": part.of},
        "stance": figure.stance.value,
        "provisional": figure.provisional,
        "speaker": None if speaker is None else {"quote": speaker.quote, "key": speaker.key},
        "place": None if place is None else {"quote": place.quote, "name": place.name, "id": place.id},
        "as_of": None if as_of is None else {"from": _time(as_of.start), "to": _time(as_of.end)},
        "confidence": round(figure.confidence, 3),
    }


def number_json(number: float | None) -> float | int | None:
    """400 rather than 400.0."""
    return int(number) if isinstance(number, float) and number.is_integer() else number


def _time(time: datetime | None) -> str | None:
    return None if time is None else time.isoformat()
