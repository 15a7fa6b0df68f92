"""Messages of an answer as posts: an album's messages are one post under its first id."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Self

from monitor.sources.errors import UnreadableError
from monitor.sources.telegram.media import link_preview_of, media_of, poll_of
from monitor.sources.telegram.texts import html_of, links_of, shown_text
from monitor.values import JSON, RawPost

Given = Mapping[str, Any]

_SERVICE: Final = {
    "MessageActionChannelCreate": "Channel created",
    "MessageActionChatEditPhoto": "Channel photo updated",
    "MessageActionChatDeletePhoto": "Channel photo removed",
}


@dataclass(frozen=True, slots=True)
class People:
    """Who is named in an answer, by id: handles and titles of channels, names of users."""

    handles: Mapping[int | None, str]
    titles: Mapping[int | None, str]
    users: Mapping[int | None, str]

    @classmethod
    def of(cls, answer: Given) -> Self:
        chats = [each for each in answer.get("chats", ()) if "id" in each]
        handles = {each["id"]: handle for each in chats if (handle := _handle(each))}
        titles = {each["id"]: str(each["title"]) for each in chats if each.get("title")}
        return cls(handles, titles, {each["id"]: _name(each) for each in answer.get("users", ()) if "id" in each})


def is_message(given: Given) -> bool:
    return given.get("_") in ("Message", "MessageService") and type(given.get("id")) is int


def grouped(messages: Iterable[Given]) -> list[list[Given]]:
    """Ascending; the messages of an album together. One answer may tell of a message twice: the last word stands."""
    found: dict[object, list[Given]] = {}
    last = {int(each["id"]): each for each in messages}
    for _, message in sorted(last.items()):
        found.setdefault(message.get("grouped_id") or ("alone", message["id"]), []).append(message)
    return list(found.values())


def read_post(group: Sequence[Given], number: int, handle: str, people: People) -> RawPost:
    """`number`: the id that the post is stored under. Raises UnreadableError."""
    first = group[0]
    worded = [each for each in group if each.get("message")]
    main = worded[0] if worded else first
    edited_at = max((at for each in group if (at := _edited(each)) is not None), default=None)
    forwarded_from, forwarded_post, forward = _forward(first, people)
    reply_to, reply = _reply(first, people)
    return RawPost(
        external_id=str(number),
        published=_time(first.get("date"), f"post {number}"),
        text=_text(group),
        url=f"https://t.me/{handle}/{number}",
        edited=edited_at is not None,
        edited_at=edited_at,
        forwarded_from=forwarded_from,
        forwarded_post=forwarded_post,
        reply_to=reply_to,
        group_ids=tuple(str(each["id"]) for each in group) if first.get("grouped_id") else (),
        views=_most(group, "views"),
        forwards=_most(group, "forwards"),
        author=str(first["post_author"]) if first.get("post_author") else None,
        media=tuple(medium for each in group for medium in media_of(each)),
        service=first.get("_") == "MessageService",
        extra=_extra(main, {**forward, **reply}),
    )


def _text(group: Sequence[Given]) -> str:
    """Each photo of an album may have a caption; nearly always the first has the only one."""
    if group[0].get("_") == "MessageService":
        return _SERVICE.get(str((group[0].get("action") or {}).get("_")), "")
    return "\n\n".join(shown_text(str(each["message"])) for each in group if each.get("message"))


def _extra(message: Given, more: Mapping[str, JSON]) -> dict[str, JSON]:
    text, entities = str(message.get("message") or ""), message.get("entities", ())
    action = (message.get("action") or {}).get("_")
    found: Mapping[str, JSON] = {
        "links": links_of(text, entities),
        "html": html_of(text, entities),
        "poll": poll_of(message),
        "link_preview": link_preview_of(message),
        "action": str(action) if action else None,
        **more,
    }
    return {name: value for name, value in found.items() if value}


def _forward(message: Given, people: People) -> tuple[str | None, str | None, dict[str, JSON]]:
    """Handle and post of the origin; its name where it has no handle, or hides."""
    given = message.get("fwd_from")
    if not given:
        return None, None, {}
    origin, number = given.get("from_id") or {}, given.get("channel_post")
    channel, user = origin.get("channel_id"), origin.get("user_id")
    title = people.titles.get(channel) or given.get("from_name") or people.users.get(user)
    name = people.handles.get(channel) or title or (f"channel {channel}" if channel else None)
    exact: dict[str, JSON] = {"forwarded_title": title if channel else None, "forwarded_channel": channel}
    return name, None if number is None else str(number), exact


def _reply(message: Given, people: People) -> tuple[str | None, dict[str, JSON]]:
    given = message.get("reply_to") or {}
    number, peer = given.get("reply_to_msg_id"), given.get("reply_to_peer_id") or {}
    quote: dict[str, JSON] = {"quote": given["quote_text"]} if given.get("quote_text") else {}
    if number is None:
        return None, quote
    if not peer:
        return str(number), quote
    channel = peer.get("channel_id")
    where = people.handles.get(channel) or f"c/{channel}"
    return None, {**quote, "reply_elsewhere": f"https://t.me/{where}/{number}"}


def _edited(message: Given) -> datetime | None:
    """Reactions and the like set the date, too; Telegram marks those to be hidden."""
    hidden = message.get("edit_hide") or not message.get("edit_date")
    return None if hidden else _time(message["edit_date"], f"post {message['id']}")


def _most(group: Sequence[Given], name: str) -> int | None:
    return max((each[name] for each in group if type(each.get(name)) is int), default=None)


def _time(given: object, place: str) -> datetime:
    try:
        told = datetime.fromisoformat(str(given))
    except ValueError as error:
        raise UnreadableError(f"{place}: its time {str(given)[:40]!r} is none") from error
    return told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)


def _handle(chat: Given) -> str | None:
    if chat.get("username"):
        return str(chat["username"])
    active = (each.get("username") for each in chat.get("usernames", ()) if each.get("active"))
    return next((str(each) for each in active if each), None)


def _name(user: Given) -> str:
    return " ".join(str(user[part]) for part in ("first_name", "last_name") if user.get(part))
