"""What a number counts."""

from dataclasses import dataclass
from enum import Enum

from models.enums import Object


class NounKind(Enum):
    """`ABSORBED`: what makes a number no figure. `OTHER`: houses, objects. `UNKNOWN`: a word that no list has."""

    COUNTED = "counted"
    ABSORBED = "absorbed"
    OTHER = "other"
    UNKNOWN = "unknown"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Noun:
    """Tokens `first` to `last`. `victim`: a kind of outcome that the noun itself says ('the dead'), with its token."""

    kind: NounKind
    first: int
    last: int
    object: Object | None = None
    victim: str | None = None
    victim_at: int | None = None
    before: bool = False
    reason: str = ""
