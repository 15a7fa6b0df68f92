"""An event while it is being put together."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from models.enums import EventKind
from monitor.events.values import Link
from monitor.events.windows import Window
from monitor.statements import Member, Statement
from monitor.values import PlaceQuote


@dataclass(slots=True)
class Draft:
    """`seed`: what the event's id is made of, where it has none from before."""

    kind: EventKind
    title: str
    window: Window
    seed: str
    place: PlaceQuote | None = None
    defender: str | None = None
    members: dict[str, Member] = field(default_factory=dict)

    def add(self, member: Member) -> None:
        self.members[member.statement.id] = member

    def add_all(self, statements: Iterable[Statement], link: Link, *, item: bool = False) -> None:
        for statement in statements:
            self.add(Member(statement, link.score, link.reasons, item=item))

    def take(self, statement: str) -> Member | None:
        return self.members.pop(statement, None)
