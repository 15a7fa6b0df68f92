"""What a speaker had said before of the same: 'about 300, was 500'."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from models.enums import Stance
from monitor.digests.values import Said, ToldFigure
from monitor.queries.groups import grouped
from monitor.queries.said import number_of


def with_earlier_words(told: Iterable[ToldFigure]) -> list[ToldFigure]:
    """Of one event, in the order given. Only what was asserted counts, no retelling, and no number said again."""
    figures = list(told)
    was = {each.id: words for group in grouped(figures).values() for each, words in _steps(group)}
    return [replace(each, was=was.get(each.id)) for each in figures]


def _steps(group: Iterable[ToldFigure]) -> Iterable[tuple[ToldFigure, Said | None]]:
    said: dict[str, list[tuple[datetime, Said]]] = {}
    for each in group:
        if each.said_at is None or each.stance is not Stance.ASSERTS or each.carried_by is not None:
            continue
        before = said.setdefault(each.voice.key or each.voice.name, [])
        others = [words for at, words in before if at < each.said_at and number_of(words) != number_of(each.said)]
        yield each, others[-1] if others else None
        before.append((each.said_at, each.said))
