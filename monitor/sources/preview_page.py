"""What a preview page (t.me/s/name), a landing page (t.me/name) and a single post (?embed=1) say."""

import re
from dataclasses import dataclass
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from models.enums import Health
from monitor.sources.markup import node_text, parsed, plain
from monitor.sources.preview_post import Block, attribute, read_block, telegram_id

_CAPTCHA = re.compile(r"captcha|cf-challenge|are you (?:a )?(?:human|robot)|unusual traffic", re.IGNORECASE)
_GONE = re.compile(r"post not found|message not found", re.IGNORECASE)
_GROUP = re.compile(r"\bmembers?\b", re.IGNORECASE)
_BOT = re.compile(r"\bmonthly users?\b", re.IGNORECASE)
_HISTORY: Final = ".tgme_channel_history"
_BLOCK: Final = ".tgme_widget_message[data-post]"


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """`older`: there are older posts on another page. State: ok, empty, broken or blocked."""

    blocks: tuple[Block, ...] = ()
    older: bool = False
    title: str | None = None
    telegram_id: int | None = None
    state: Health = Health.OK
    reason: str | None = None

    @property
    def ids(self) -> frozenset[int]:
        return frozenset(number for block in self.blocks for number in block.ids)

    @property
    def readable(self) -> bool:
        return self.state in (Health.OK, Health.EMPTY)


def read_page(html: str) -> PreviewPage:
    tree = parsed(html)
    nodes = tree.css(_BLOCK)
    blocks = sorted((read_block(node) for node in nodes), key=lambda block: block.ids[:1])
    state, reason = _state(tree, html, blocks)
    older = tree.css_first('link[rel="prev"], .js-messages_more[data-before]') is not None
    numbers = (telegram_id(node) for node in nodes)
    channel = next((number for number in numbers if number is not None), None)
    return PreviewPage(tuple(blocks), older, _title(tree), channel, state, reason)


def read_landing(html: str, handle: str) -> tuple[Health, str]:
    """Why there is no preview page: what the handle is instead, as far as its landing page tells."""
    tree = parsed(html)
    if tree.css_first(".tgme_page, .tgme_page_wrap, .tgme_body_wrap") is None:
        return _stranger(html)
    extra, title = _shown(tree, ".tgme_page_extra"), tree.css_first(".tgme_page_title")
    if title is None or not extra:
        return Health.NO_CHANNEL, f"there is no public channel @{handle}"
    if _GROUP.search(extra):
        return Health.NO_CHANNEL, f"@{handle} is a group, not a channel ({extra[:60]})"
    if _BOT.search(extra):
        return Health.NO_CHANNEL, f"@{handle} is a bot, not a channel"
    if extra.startswith("@"):
        return Health.NO_CHANNEL, f"@{handle} is a person or a bot, not a channel"
    return (
        Health.PREVIEW_CLOSED,
        f"@{handle} has no preview page, closed or restricted ({extra[:60]}): an account is needed",
    )


def is_shown(html: str, number: int) -> bool | None:
    """Whether a single post is there; None where the page does not tell."""
    tree = parsed(html)
    if any(number in read_block(node).ids for node in tree.css(_BLOCK)):
        return True
    return False if _GONE.search(_shown(tree, ".tgme_widget_message_error")) else None


def _state(tree: LexborHTMLParser, html: str, blocks: list[Block]) -> tuple[Health, str | None]:
    """Posts that we cannot find are never 'no news'."""
    unread = [block for block in blocks if block.post is None]
    if blocks and len(unread) == len(blocks):
        return Health.BROKEN, f"{len(blocks)} posts on the page, and none could be read: {unread[0].reason}"
    if blocks:
        return Health.OK, None
    history = tree.css_first(_HISTORY)
    if history is None:
        return _stranger(html)
    if history.css_first(".tme_no_messages_found") is not None:
        return Health.EMPTY, "the channel shows no posts"
    if tree.css_first("[data-post]") is not None or _has_more_than_frame(history):
        return Health.BROKEN, "posts on the page, but none in the form that is known"
    return Health.EMPTY, "the channel shows no posts"


def _has_more_than_frame(history: LexborNode) -> bool:
    children = history.iter(include_text=False)
    return any("tgme_widget_message_centered" not in attribute(child, "class").split() for child in children)


def _stranger(html: str) -> tuple[Health, str]:
    if _CAPTCHA.search(html):
        return Health.BLOCKED, "answered with a page that asks for a captcha"
    return Health.BROKEN, "answered with a page that is no preview page"


def _title(tree: LexborHTMLParser) -> str | None:
    shown = _shown(tree, ".tgme_channel_info_header_title")
    return shown or plain(attribute(tree.css_first('meta[property="og:title"]'), "content")) or None


def _shown(tree: LexborHTMLParser, selector: str) -> str:
    found = tree.css_first(selector)
    return "" if found is None else plain(node_text(found))
