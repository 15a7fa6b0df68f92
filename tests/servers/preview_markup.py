"""The markup of t.me/s pages, single posts (?embed=1) and landing pages, classes and attributes as t.me writes them."""

import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from html import escape

from tests.servers.preview_world import Channel, Kind, Message

PAGE = 20  # message ids, every photo of an album counted

_FILE = "https://cdn4.telesco.pe/file/{id}.jpg"
_UNSUPPORTED = (
    '<div class="message_media_not_supported_wrap"><div class="message_media_not_supported">'
    '<div class="message_media_not_supported_label">Please open Telegram to view this post</div>'
    '<a href="https://t.me/{post}" class="message_media_view_in_telegram">VIEW IN TELEGRAM</a></div></div>'
)
MEDIA = {
    "photo": (
        '<a class="tgme_widget_message_photo_wrap {album} js-message_photo" href="{href}" '
        f"style=\"background-image:url('{_FILE}')\"></a>"
    ),
    "video": (
        '<a class="tgme_widget_message_video_player {album} js-message_video_player" href="{href}">'
        f'<i class="tgme_widget_message_video_thumb" style="background-image:url(\'{_FILE}\')"></i>'
        '<div class="tgme_widget_message_video_wrap"><video class="tgme_widget_message_video" '
        'src="https://cdn4.telesco.pe/file/{id}.mp4?token=x"></video></div>'
        f'<time class="message_video_duration js-message_video_duration">0:05</time>{_UNSUPPORTED}</a>'
    ),
    "document": (
        '<a class="tgme_widget_message_document_wrap" href="{href}">'
        '<div class="tgme_widget_message_document_icon accent_bg"></div><div class="tgme_widget_message_document">'
        '<div class="tgme_widget_message_document_title accent_color" dir="auto">{name}</div>'
        '<div class="tgme_widget_message_document_extra" dir="auto">{size}</div></div></a>'
    ),
    "voice": (
        '<a class="tgme_widget_message_voice_player" href="{href}">'
        '<audio class="tgme_widget_message_voice js-message_voice" src="https://cdn4.telesco.pe/file/{id}.ogg"></audio>'
        '<time class="tgme_widget_message_voice_duration js-message_voice_duration">0:12</time></a>'
    ),
    "round_video": (
        '<a class="tgme_widget_message_roundvideo_player" href="{href}">'
        '<video class="tgme_widget_message_roundvideo" src="https://cdn4.telesco.pe/file/{id}.mp4"></video></a>'
    ),
    "sticker": (
        '<a class="tgme_widget_message_sticker_wrap" href="{href}">'
        '<i class="tgme_widget_message_sticker" data-webp="https://cdn4.telesco.pe/file/{id}.webp"></i></a>'
    ),
    "audio": (
        '<a class="tgme_widget_message_document_wrap" href="{href}">'
        '<div class="tgme_widget_message_document_icon accent_bg audio"></div>'
        '<div class="tgme_widget_message_document">'
        '<div class="tgme_widget_message_document_title accent_color" dir="auto">{name}</div>'
        '<div class="tgme_widget_message_document_extra" dir="auto">{size}</div></div></a>'
    ),
    "poll": (
        '<div class="tgme_widget_message_poll js-poll"><div class="tgme_widget_message_poll_question">{question}</div>'
        '<div class="tgme_widget_message_poll_type">Anonymous Poll</div>'
        '<a class="tgme_widget_message_poll_options" href="{href}">{options}</a></div>'
    ),
}
_OPTION = (
    '<div class="tgme_widget_message_poll_option"><div class="tgme_widget_message_poll_option_percent">16%</div>'
    '<div class="tgme_widget_message_poll_option_value">'
    '<div class="tgme_widget_message_poll_option_text">{}</div></div></div>'
)
_LINK = re.compile(r"https?://[^\s<]+")
_TAG = re.compile(r"(?<!&)#(\w+)")


def shortened(count: int) -> str:
    """18.9M, 1.2K, 999: as views are shown."""
    for size, letter in ((1_000_000, "M"), (1_000, "K")):
        if count >= size:
            return f"{count / size:.1f}".removesuffix(".0") + letter
    return str(count)


def text_html(text: str) -> str:
    """Links are escaped twice, as t.me has done since 2024."""
    whole = escape(text, quote=False).replace("\n", "<br/>")
    whole = _LINK.sub(
        lambda link: (
            f'<a href="{link[0].replace("&amp;", "&amp;amp;")}" target="_blank" rel="noopener" '
            f"onclick=\"return confirm('Open this link?\\n\\n'+this.href);\">{link[0]}</a>"
        ),
        whole,
    )
    return _TAG.sub(r'<a href="?q=%23\1">#\1</a>', whole)


def block(channel: Channel, group: Sequence[Message]) -> str:
    """One message, or an album: one block with the first id, the others only in links."""
    first = group[0]
    service = "service_message " if first.service else ""
    inner = "".join([_forwarded(first), _reply(channel, first), _media(channel, group), _text(group)])
    return (
        '<div class="tgme_widget_message_wrap js-widget_message_wrap">'
        f'<div class="tgme_widget_message text_not_supported_wrap {service}js-widget_message" '
        f'data-post="{channel.name}/{first.id}" data-view="{_view(channel, group)}">'
        '<div class="tgme_widget_message_bubble"><div class="tgme_widget_message_author accent_color">'
        f'<a class="tgme_widget_message_owner_name" href="https://t.me/{channel.name}">'
        f'<span dir="auto">{escape(channel.title)}</span></a></div>{inner}{_footer(channel, first)}</div></div></div>\n'
    )


def _view(channel: Channel, group: Sequence[Message]) -> str:
    shown: int | str = group[0].id if len(group) == 1 else f"{group[0].id}g"
    view = {"c": -channel.telegram_id, "p": shown, "t": 1_700_000_000, "h": "0" * 18}
    return urlsafe_b64encode(json.dumps(view, separators=(",", ":")).encode()).decode().rstrip("=")


def _forwarded(message: Message) -> str:
    if message.forwarded is None:
        return ""
    named = 'class="tgme_widget_message_forwarded_from_name"'
    title = escape(message.forwarded.partition("/")[0].title())
    origin = f'<a {named} href="https://t.me/{message.forwarded}"><span dir="auto">{title}</span></a>'
    if "/" not in message.forwarded:
        origin = f"<span {named}>{escape(message.forwarded)}</span>"
    return f'<div class="tgme_widget_message_forwarded_from accent_color">Forwarded from&nbsp;{origin}</div>'


def _reply(channel: Channel, message: Message) -> str:
    if message.reply_to is None:
        return ""
    answered = channel.messages.get(message.reply_to)
    return (
        f'<a class="tgme_widget_message_reply user-color-default" href="https://t.me/{channel.name}/{message.reply_to}">'
        '<div class="tgme_widget_message_author accent_color"><span class="tgme_widget_message_author_name" dir="auto">'
        f'{escape(channel.title)}</span></div><div class="tgme_widget_message_text js-message_reply_text" dir="auto">'
        f"{escape(answered.text[:80] if answered else '')}</div></a>"
    )


def _media(channel: Channel, group: Sequence[Message]) -> str:
    if len(group) == 1:
        return _medium(channel, group[0], "")
    items = "".join(_medium(channel, each, "?single") for each in group)
    return (
        '<div class="tgme_widget_message_grouped_wrap js-message_grouped_wrap">'
        '<div class="tgme_widget_message_grouped js-message_grouped">'
        f'<div class="tgme_widget_message_grouped_layer js-message_grouped_layer">{items}</div></div></div>'
    )


def _medium(channel: Channel, message: Message, query: str) -> str:
    if message.media is None:
        return ""
    post = f"{channel.name}/{message.id}"
    album = "grouped_media_wrap blured" if query else ""
    options = "".join(_OPTION.format(escape(each)) for each in message.options)
    return MEDIA[message.media].format(
        id=message.id, post=post, href=f"https://t.me/{post}{query}", album=album, size=message.size,
        name=escape(message.name or f"list {message.id}.pdf"), question=escape(message.question), options=options,
    )  # fmt: skip


def _text(group: Sequence[Message]) -> str:
    told = next((each for each in group if each.html or each.text), None)
    if told is None:
        return ""
    inner = told.html if told.html is not None else text_html(told.text)
    outer = f'<div class="tgme_widget_message_text js-message_text" dir="auto">{inner}</div>'
    if len(group) == 1:
        return outer
    return f'<div class="tgme_widget_message_text js-message_text" dir="auto">{outer}</div>'


def _footer(channel: Channel, message: Message) -> str:
    views = ""
    if message.views is not None and not message.service:
        shown = shortened(message.views)
        views = f'<span class="tgme_widget_message_views">{shown}</span><span class="copyonly"> views</span>'
    author = ""
    if message.author is not None:
        author = f'<span class="tgme_widget_message_from_author" dir="auto">{escape(message.author)}</span>,&nbsp;'
    return (
        '<div class="tgme_widget_message_footer compact js-message_footer">'
        f'<div class="tgme_widget_message_info short js-message_info">{views}<span class="tgme_widget_message_meta">'
        f"{'edited &nbsp;' if message.edited else ''}{author}"
        f'<a class="tgme_widget_message_date" href="https://t.me/{channel.name}/{message.id}">'
        f'<time datetime="{message.at.isoformat()}" class="time">{message.at:%H:%M}</time></a></span></div></div>'
    )


def page(channel: Channel, before: int | None = None, after: int | None = None) -> str:
    ids = sorted(channel.messages)
    chosen = [each for each in ids if before is None or each < before][-PAGE:]
    if after is not None:
        chosen = [each for each in ids if each > after][:PAGE]
    blocks = "".join(block(channel, group) for group in channel.groups(chosen))
    links, more = _paging(channel.name, ids, chosen)
    title = escape(channel.title)
    if not chosen:
        more = '<div class="tgme_widget_message_centered"><div class="tme_no_messages_found">No posts found</div></div>'
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{title} – Telegram</title>'
        f'<meta property="og:title" content="{title}">{links}</head><body class="widget_frame_base tgme_webpreview">'
        '<header class="tgme_header"><div class="tgme_channel_info"><div class="tgme_channel_info_header">'
        f'<div class="tgme_channel_info_header_title"><span dir="auto">{title}</span></div>'
        f'<div class="tgme_channel_info_header_username"><a href="https://t.me/{channel.name}">@{channel.name}</a></div>'
        '</div></div></header><main class="tgme_main"><section class="tgme_channel_history js-message_history">\n'
        f"{more}{blocks}</section></main></body></html>"
    )


def _paging(name: str, ids: Sequence[int], chosen: Sequence[int]) -> tuple[str, str]:
    if not chosen:
        return "", ""
    links, more = f'<link rel="canonical" href="/s/{name}?before={chosen[-1] + 1}">', ""
    if chosen[0] != ids[0]:
        older = f"/s/{name}?before={chosen[0]}"
        links += f'<link rel="prev" href="{older}">'
        more = (
            '<div class="tgme_widget_message_centered js-messages_more_wrap">'
            f'<a href="{older}" class="tme_messages_more js-messages_more" data-before="{chosen[0]}"></a></div>'
        )
    if chosen[-1] != ids[-1]:
        links += f'<link rel="next" href="/s/{name}?after={chosen[-1]}">'
    return links, more


def single(channel: Channel | None, number: int) -> str:
    """What ?embed=1 shows: served for channels without a preview too."""
    message = None if channel is None else channel.messages.get(number)
    if channel is None or message is None:
        return '<html><body><div class="tgme_widget_message_error">Post not found</div></body></html>'
    ids = [each.id for each in channel.messages.values() if each.id == number or (each.album or 0) == number]
    blocks = "".join(block(channel, group) for group in channel.groups(sorted(ids)))
    return f'<html><body class="widget_frame_base emoji_image">{blocks}</body></html>'


_EXTRA = {
    Kind.CHANNEL: "11 110 268 subscribers",
    Kind.CLOSED: "54 310 subscribers",
    Kind.GROUP: "1 204 members, 37 online",
    Kind.PERSON: "@{name}",
    Kind.BOT: "20 551 monthly users",
}


def landing(channel: Channel | None, name: str) -> str:
    """https://t.me/name: a handle that nobody has gets a page without a title."""
    title = extra = ""
    if channel is not None:
        title = f'<div class="tgme_page_title"><span dir="auto">{escape(channel.title)}</span></div>'
        extra = f'<div class="tgme_page_extra">{_EXTRA[channel.kind].format(name=channel.name)}</div>'
    return (
        f'<html><body><div class="tgme_page"><div class="tgme_page_icon"></div>{title}{extra}'
        f'<div class="tgme_page_action"><a class="tgme_action_button_new" href="tg://resolve?domain={escape(name)}">'
        "View in Telegram</a></div></div></body></html>"
    )
