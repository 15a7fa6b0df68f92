"""Where officials are silent: killed, wounded or missing of an attack that others have counted (section 5)."""

from collections.abc import Sequence
from datetime import datetime

from models.enums import EventKind, Measure, Verdict
from monitor.places.lookup import SURROUNDINGS
from monitor.statements import GroupKey, Judged, PartyCoverage, Silence, order_of
from monitor.values import NamedSpeaker, PlaceQuote
from monitor.verdicts.claims import Claims
from monitor.verdicts.docket import Docket
from monitor.verdicts.register import unrelated
from monitor.verdicts.wording import clock

# A stretch of the front that is named after a town: what is lost along it is no attack.
_DIRECTION = f"{SURROUNDINGS}direction"
_ASKED = frozenset({Measure.KILLED, Measure.WOUNDED, Measure.MISSING})


def silence_of(claims: Claims, docket: Docket) -> Silence | None:
    key = claims.key
    side = docket.grouping.reference_side(key)
    if side is None or not _is_asked(key, side, docket):
        return None
    waiting = [claim for claim in claims.current if _counts(claim, docket)]
    told = sorted(waiting, key=lambda claim: order_of(claim.statement))
    since = _since(told, side, docket)
    if since is None or since > docket.now:
        return None
    cover = [line for line in docket.bench.coverage if line.side == side]
    unread = not cover or any(line.failing for line in cover)
    to_check = unread or all(claim.to_check for claim in told)
    return Silence(key, tuple(reversed(told)), since, _sentence(key, docket, cover), to_check)


def _is_asked(key: GroupKey, side: str, docket: Docket) -> bool:
    followed = any(party.side == side for party in docket.bench.parties)
    attack = docket.event.attack and docket.event.kind is not EventKind.BULLETIN
    return followed and attack and key.measure in _ASKED and key.part is None


def _counts(claim: Judged, docket: Docket) -> bool:
    """A number that waits for an official one: no zero, no item of a bulletin's list, no day along a front."""
    if _along_a_front(claim.statement.figure.place):
        return False
    items = {member.statement.id for member in docket.event.members if member.item}
    silent = claim.verdict is Verdict.NO_OFFICIAL_FIGURE and claim.statement.id not in items
    return silent and claim.statement.figure.high != 0


def _along_a_front(place: PlaceQuote | None) -> bool:
    return place is not None and place.id is not None and place.id.endswith(_DIRECTION)


def _since(told: Sequence[Judged], side: str, docket: Docket) -> datetime | None:
    """The earliest of: a party spoke without a number, a second unrelated speaker gave one, 6 hours passed."""
    if not told:
        return None
    first = told[0].statement.post.stated_at
    moments = [first + docket.thresholds.silence_after]
    moments += [max(first, spoken) for spoken in _spoke(side, docket)[:1]]
    moments += _seconds(told, docket)[:1]
    return min(moments)


def _seconds(told: Sequence[Judged], docket: Docket) -> list[datetime]:
    """When a second speaker gave a number who has nothing to do with one before."""
    members = {member.statement.id: member for member in docket.event.members}
    return [
        later.statement.post.stated_at
        for number, later in enumerate(told)
        if any(unrelated(members[first.statement.id], members[later.statement.id]) for first in told[:number])
    ]


def _spoke(side: str, docket: Docket) -> list[datetime]:
    posts = [post for post in docket.event.posts if _is_party(post.channel.speaker, side)]
    spoken = [post.stated_at for post in posts if post.stated_at <= docket.now]
    figures = [member.statement for member in docket.event.members]
    spoken += [said.post.stated_at for said in figures if said.own and said.speaker.party and said.speaker.side == side]
    return sorted(spoken)


def _is_party(speaker: NamedSpeaker | None, side: str) -> bool:
    return speaker is not None and speaker.party and speaker.side == side


def _sentence(key: GroupKey, docket: Docket, cover: Sequence[PartyCoverage]) -> str:
    register = docket.registers.get(key)
    taken_back = None if register is None else register.taken_back
    why = f" The last one is no longer in force: {taken_back}." if taken_back else ""
    return f"No official figure of {key.measure} seen.{why} {_last_read(cover)}"


def _last_read(cover: Sequence[PartyCoverage]) -> str:
    if not cover:
        return "No official channel of the side is followed."
    read = [line.last_read for line in cover if line.last_read is not None]
    last = f"Official channels were last read at {clock(min(read))}." if read else "Official channels were never read."
    failing = sorted(name for line in cover for name in line.failing)
    return f"{last} Could not be read: {', '.join(failing)}." if failing else last
