"""The bodies of one poll by an account read together, in the order of the calls: the last word on a post stands."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from models.enums import Health
from monitor.sources.errors import UnreadableError
from monitor.sources.preview_cursor import Gap
from monitor.sources.telegram.bodies import Asked
from monitor.sources.telegram.messages import Given, People, grouped, is_message, read_post
from monitor.sources.telegram.presence import Presence, presence_of
from monitor.sources.telegram.progress import Known
from monitor.values import Backfilled, Batch, Cursor, Fetched, Limits, Problem, RawPost, Survey, Target

ALBUM: Final = 10  # messages that one may have at most


@dataclass(frozen=True, slots=True)
class Answer:
    """One body with what it was the answer to. `messages`: those that are there."""

    what: Asked
    body: Given
    note: Mapping[str, Any]
    at: datetime

    @property
    def messages(self) -> list[Given]:
        given = self.body.get("new_messages") if self.what is Asked.DIFFERENCE else self.body.get("messages")
        return [each for each in given or () if is_message(each)]

    @property
    def changes(self) -> list[Given]:
        return list(self.body.get("other_updates") or ()) if self.what is Asked.DIFFERENCE else []

    @property
    def gap(self) -> Gap:
        return Gap.of(self.note["asked"])

    @property
    def rest(self) -> Gap | None:
        return self.note["rest"] and Gap.of(self.note["rest"])


def answer_of(each: Fetched) -> Answer:
    """Raises UnreadableError."""
    try:
        body = json.loads(each.body)
    except ValueError as error:
        raise UnreadableError(f"{each.url}: the stored answer is no JSON") from error
    return Answer(Asked(str(each.requested["what"])), body, each.requested, each.fetched_at)


def read_batch(target: Target, cursor: Cursor, fetched: Sequence[Fetched], limits: Limits) -> Batch:
    try:
        answers = [answer_of(each) for each in fetched]
    except UnreadableError as error:
        return Batch(cursor=cursor, state=Health.BROKEN, reason=str(error))
    channel = int(answers[0].note["peer"])
    if target.telegram_id not in (None, channel):
        return Batch(cursor=cursor, telegram_id=channel)
    return _Reading(target, Known.of(cursor), channel, limits).read(answers)


@dataclass(slots=True)
class _Reading:
    target: Target
    known: Known
    channel: int
    limits: Limits
    handle: str | None = None
    title: str | None = None
    posts: list[tuple[tuple[int, ...], RawPost]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def read(self, answers: Sequence[Answer]) -> Batch:
        for answer in answers:
            self._take(answer)
        presence = presence_of(self.known, answers, self.limits)
        after, survey = self._after(answers, presence)
        left = after.progress.gaps
        return Batch(
            posts=tuple(post for _, post in self.posts),
            cursor=after.cursor(),
            telegram_id=self.channel,
            title=self.title,
            vanished=_named(presence.vanished),
            deleted=_named(presence.deleted),
            returned=_named(presence.returned),
            problems=(*self.problems, *presence.problems),
            more=(bool(left) and left != self.known.progress.gaps) or _is_unfinished(answers),
            handle=self.handle,
            survey=survey,
            backfilled=_backfilled(answers),
        )

    def _take(self, answer: Answer) -> None:
        people = People.of(answer.body)
        self.handle = people.handles.get(self.channel, self.handle)
        self.title = people.titles.get(self.channel, self.title)
        for group in _whole_groups(answer, self.known):
            self._read(group, people)

    def _read(self, group: Sequence[Given], people: People) -> None:
        ids = tuple(int(each["id"]) for each in group)
        number = next((own for each in ids if (own := self.known.progress.known_as.get(each)) is not None), ids[0])
        try:
            post = read_post(group, number, self.handle or self.target.address, people)
        except UnreadableError as error:
            self.problems.append(Problem(f"post {number}", str(error)))
        else:
            self.posts.append(((number, *(each for each in ids if each != number)), post))

    def _after(self, answers: Sequence[Answer], presence: Presence) -> tuple[Known, Survey]:
        progress, pages = self.known.progress, [each for each in answers if each.what is Asked.HISTORY]
        news = [each for each in pages if "walk" in each.note]
        gaps = _gaps_left(news, progress.gaps)
        holes, filled = _holes(self.known, news, answers)
        seen = {ids[0]: ids for ids in progress.seen if ids[0] not in {*presence.vanished, *presence.deleted}}
        seen |= {ids[0]: ids for ids, _ in self.posts if not _is_backfill(ids[0], progress.last, seen)}
        worded = progress.worded or any(post.text and not post.service for _, post in self.posts)
        after = replace(
            progress, last=_last(news, progress.last, self.known), gaps=gaps, seen=tuple(seen.values()),
            missing=presence.missing, worded=worded,
        )  # fmt: skip
        state = replace(presence.state, holes=holes, look=_look_left(self.known, answers))
        leading = tuple((gap.down_to + 1, (gap.before or 1) - 1) for gap in gaps if gap.left is None)
        return Known(after, state), Survey(leading, holes, filled)


def _whole_groups(answer: Answer, known: Known) -> Iterator[list[Given]]:
    """Without what is a torn end of an album; its whole comes by another call."""
    groups = grouped(answer.messages + [each for each in map(_edited, answer.changes) if each is not None])
    for group in groups:
        if group[0].get("grouped_id") is None or _is_whole(group, answer, known):
            yield group


def _is_whole(group: Sequence[Given], answer: Answer, known: Known) -> bool:
    if answer.what is Asked.HISTORY:
        rest = answer.rest
        return rest is None or rest.before is None or int(group[0]["id"]) >= rest.before
    return answer.what is Asked.LOOK and _is_all_asked(group, answer, known)


def _is_all_asked(group: Sequence[Given], answer: Answer, known: Known) -> bool:
    """Every id that the album may have was looked at, or it is known which it has."""
    asked, ids = set(answer.note["ids"]), [int(each["id"]) for each in group]
    own = known.ids_of(ids[0])
    return asked.issuperset(own) if len(own) > 1 else asked.issuperset({min(ids) - 1, max(ids) + 1})


def _edited(update: Given) -> Given | None:
    """An update may bring a message edited, or new once more."""
    message = update.get("message")
    return message if isinstance(message, Mapping) and is_message(message) else None


def _last(news: Sequence[Answer], last: int | None, known: Known) -> int | None:
    """An album that may still grow is asked for once more: until it has not grown, it is not passed."""
    newest = [message for answer in news[:1] for message in answer.messages]
    if not newest:
        return last if last is not None or not news else 0
    group = grouped(newest)[-1]
    ids = tuple(int(each["id"]) for each in group)
    is_open = group[0].get("grouped_id") is not None and len(ids) < ALBUM and known.ids_of(ids[0]) != ids
    return max(ids[0] - 1 if is_open else ids[-1], last or 0)


def _gaps_left(news: Sequence[Answer], gaps: Sequence[Gap]) -> tuple[Gap, ...]:
    """What each walk did not reach; gaps that no call was left for stay."""
    left: dict[int, Gap | None] = dict(enumerate(gaps, start=1))
    for answer in news:
        left[answer.note["walk"]] = answer.rest
    return tuple(gap for _, gap in sorted(left.items()) if gap is not None)


def _holes(known: Known, news: Sequence[Answer], answers: Sequence[Answer]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Numbers between known ones of which nothing was seen yet, and those that turned out to be posts."""
    found = {number for answer in news for number in _not_shown(answer)} if known.progress.last is not None else set()
    looked = {int(number) for each in answers if each.what is Asked.LOOK for number in each.note["ids"]}
    shown = {int(message["id"]) for each in answers for message in each.messages}
    holes = ({*known.state.holes} | found) - looked - shown - {*known.progress.known_as} - {*known.progress.missing}
    return tuple(sorted(holes)), tuple(sorted({*known.state.holes} & shown))


def _not_shown(answer: Answer) -> Iterable[int]:
    """Of the ids that a page spans. A page that begins a walk knows of none above its own newest."""
    ids = {int(message["id"]) for message in answer.messages}
    if not ids or answer.gap.left is not None:
        return ()
    bottom = min(ids) if answer.rest is not None else answer.gap.down_to + 1
    return (number for number in range(max(bottom, max(ids) - 1000), max(ids)) if number not in ids)


def _look_left(known: Known, answers: Sequence[Answer]) -> tuple[int, ...]:
    """An album of which one message was edited has to be read whole: its caption may stand on another one."""
    edited = {
        int(message["id"])
        for answer in answers
        for message in map(_edited, answer.changes)
        if message is not None and message.get("grouped_id") is not None
    }
    wanted = {near for number in edited for near in _around(known, number)}
    looked = {int(number) for each in answers if each.what is Asked.LOOK for number in each.note["ids"]}
    return tuple(sorted((wanted | {*known.state.look}) - looked))


def _around(known: Known, number: int) -> Iterable[int]:
    own = known.ids_of(number)
    return own if len(own) > 1 else range(max(1, number - ALBUM), number + ALBUM + 1)


def _is_backfill(number: int, last: int | None, seen: Mapping[int, object]) -> bool:
    """Only the newest posts are kept in mind."""
    return last is not None and len(seen) > 0 and number < min(seen) and number < last


def _is_unfinished(answers: Sequence[Answer]) -> bool:
    """Changes that one poll could not take, or a backfill that goes on."""
    changes = [each for each in answers if each.what is Asked.DIFFERENCE]
    backfills = [each for each in answers if "backfill" in each.note]
    waits = bool(changes) and not changes[-1].body.get("final") and not changes[-1].note.get("lost")
    return waits or (bool(backfills) and backfills[-1].rest is not None)


def _backfilled(answers: Sequence[Answer]) -> Backfilled | None:
    pages = [each for each in answers if "backfill" in each.note]
    if not pages:
        return None
    messages = [message for page in pages for message in page.messages]
    rest, ids = pages[-1].rest, [int(message["id"]) for message in messages]
    times = [datetime.fromisoformat(str(message["date"])) for message in messages if message.get("date")]
    before = rest.before if rest is not None else min(ids, default=pages[-1].gap.before)
    since = datetime.fromisoformat(pages[-1].note["asked"]["since"])
    return Backfilled(pages[-1].note["backfill"], since, before, min(times, default=None), len(ids), done=rest is None)


def _named(numbers: Sequence[int]) -> tuple[str, ...]:
    return tuple(str(number) for number in numbers)
