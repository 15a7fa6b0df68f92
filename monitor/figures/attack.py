"""Whether a text tells of an attack at all: channels write of car crashes, fires and quarrels too."""

from functools import lru_cache
from typing import Final

from models.enums import Lang
from monitor.figures.marked import Marked
from monitor.figures.text import document

WARTIME: Final = "side.wartime"
BLOW: Final = "side.blow"
PEACETIME: Final = "side.peacetime"


@lru_cache(maxsize=20_000)
def tells_of_attack(text: str, lang: Lang | None = None) -> bool:
    """By a word of war; by a word that also others use ('strike', 'debris') where nothing says peace."""
    marked = Marked(document(text, lang))
    found = frozenset[str]().union(*marked.classes) | marked.found.keys()
    return WARTIME in found or (BLOW in found and PEACETIME not in found)
