"""Places as a post names them, before one of them is chosen for a figure."""

from dataclasses import dataclass, field
from enum import Enum


class Kind(Enum):
    """UNNAMED: 'the city', 'the base'. BACK: 'in the region', which is the one named before.

    STREET: of a town that is not named with it; where one is named anywhere near, that is the place.
    """

    SETTLEMENT = "settlement"
    OBJECT = "object"
    DISTRICT = "district"
    DIRECTION = "direction"
    AREA = "area"
    SEA = "sea"
    COUNTRY = "country"
    STREET = "street"
    UNNAMED = "unnamed"
    BACK = "back"


class Frame(Enum):
    """How a name stands in its sentence. VOICE: it names a speaker, a body or a person, and no place."""

    PLACED = "placed"
    LOOSE = "loose"
    ASIDE = "aside"
    TOWARD = "toward"
    AWAY = "away"
    VOICE = "voice"


@dataclass(slots=True)
class Mention:
    """Tokens `first` to `last` (behind the end); `ids` may be several where a name is that of several places."""

    first: int
    last: int
    kind: Kind
    ids: tuple[str, ...] = ()
    common: bool = False
    frame: Frame = Frame.LOOSE


@dataclass(slots=True)
class Piece:
    """What is quoted as one place: a name, a list of names, an object with its town.

    `id` is that of the only or the most specific name; `outer` the name of the area behind it, as in 'Sudzha, Kursk
    Oblast'.
    """

    first: int
    last: int
    kind: Kind
    frame: Frame
    id: str | None
    name: str | None
    common: bool
    members: list["Piece"] = field(default_factory=list)
    outer: "Piece | None" = None
