"""What an attribution is, before it is known which figures it covers."""

from dataclasses import dataclass
from enum import Enum

from monitor.figures.attribution.page import Phrase


class Kind(Enum):
    SPOKEN = "spoken"  # 'the mayor said'
    FRAME = "frame"  # 'according to the mayor'
    CITED = "cited"  # 'citing the mayor'
    VAGUE = "vague"  # 'according to preliminary data': the author again
    LABEL = "label"  # 'Mayor: two killed'
    DASH = "dash"  # 'Two killed - mayor'


@dataclass(slots=True)
class Attribution:
    """Tokens from `first` to before `last` attribute; `source` None: the author speaks for himself.

    `forward` and `backward`: it covers what follows or precedes in its sentence; `sums`: also the sentences before it
    ('this was reported by'); `weak`: a medium, which yields to whoever it relays.
    """

    kind: Kind
    first: int
    last: int
    source: Phrase | None
    forward: bool = True
    backward: bool = False
    sums: bool = False
    weak: bool = False
