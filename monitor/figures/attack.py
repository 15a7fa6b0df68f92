"""Whether a text tells of an attack at all: channels write of car crashes and fires too."""

from functools import lru_cache
from typing import Final

from models.enums import Lang
from monitor.figures.marked import Marked
from monitor.figures.text import document

ATTACK: Final = "side.attack"


@lru_cache(maxsize=20_000)
def tells_of_attack(text: str, lang: Lang | None = None) -> bool:
    """By a word of striking, or of what strikes."""
    return any(ATTACK in classes for classes in Marked(document(text, lang)).classes)
