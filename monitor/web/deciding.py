"""A form of the event page as a decision."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote

from sqlalchemy.orm import Session

from monitor.errors import BadInputError
from monitor.pipeline import deciding
from monitor.pipeline.deciding import Decided, Ground
from monitor.pipeline.setup import Setup
from monitor.web.forms import Posted


class Choice(StrEnum):
    MERGE = "merge"
    SPLIT = "split"
    MOVE = "move"
    CONFIRM = "confirm"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Decision:
    """`other`: the event to merge with or move to; `figures`: the marked ones; `undoes`: a decision's number."""

    choice: Choice
    event: str
    other: str
    figures: tuple[str, ...]
    undoes: str

    @classmethod
    def of(cls, form: Posted, event: str) -> "Decision":
        """Raises BadInputError for a choice that no page offers."""
        try:
            choice = Choice(form.one("choice"))
        except ValueError as error:
            raise BadInputError("this is nothing that can be decided here") from error
        other = form.one("other_id").strip() or form.one("other")
        return cls(choice, event, _id_of(other), tuple(form.all("figure")), form.one("undoes"))


def decide(session: Session, setup: Setup, decision: Decision, ground: Ground) -> Decided:
    match decision.choice:
        case Choice.MERGE:
            return deciding.merge(session, setup, decision.event, decision.other, ground)
        case Choice.SPLIT:
            return deciding.split(session, setup, decision.event, decision.figures, ground)
        case Choice.MOVE:
            return deciding.move(session, setup, decision.figures, decision.other, ground)
        case Choice.CONFIRM:
            return deciding.confirm(session, setup, decision.event, decision.figures, ground)
        case Choice.UNDO:
            if not decision.undoes.isdecimal():
                raise BadInputError("no decision is named")
            return deciding.undo(session, setup, int(decision.undoes), ground)


def _id_of(text: str) -> str:
    """People paste addresses: the id of an event is the last piece of its page's."""
    return unquote(text.partition("#")[0].partition("?")[0].rstrip("/").rpartition("/")[2])
