"""Which stems begin a word: most words begin with none, and their first letters tell so."""

from collections.abc import Iterable, Sequence
from typing import Final

_HEAD: Final = 3  # letters: few stems are shorter, and those of one head have one length or two


class Stems:
    def __init__(self, stems: Iterable[str]) -> None:
        self._stems = frozenset(stems)
        lengths: dict[str, set[int]] = {}
        for stem in self._stems:
            lengths.setdefault(stem[:_HEAD], set()).add(len(stem))
        self._short = tuple(sorted(len(head) for head in lengths if len(head) < _HEAD))
        self._lengths = {head: (*self._short, *sorted(found)) for head, found in lengths.items() if len(head) == _HEAD}

    def of(self, word: str) -> Sequence[str]:
        """The shortest first."""
        lengths = self._lengths.get(word[:_HEAD], self._short)
        return [word[:length] for length in lengths if word[:length] in self._stems] if lengths else ()
