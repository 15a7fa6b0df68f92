"""Addresses inside feeds and pages: made whole, made one."""

import re
from typing import Final
from urllib.parse import unquote, urlsplit, urlunsplit

import httpx

_TRACKING: Final = re.compile(r"(?:utm_\w+|fbclid|gclid|yclid|ysclid|mc_[ce]id|igshid|_openstat)(?:=|$)", re.IGNORECASE)
LONGEST: Final = 2000


def whole_link(href: str, base: str) -> str | None:
    """The web address that a link on a page or in a feed means; None where it is none."""
    given = href.strip()
    if not given:
        return None
    try:
        url = httpx.URL(base).join(given)
    except (httpx.InvalidURL, UnicodeError, ValueError, TypeError):
        return None
    if url.scheme not in ("http", "https") or not url.host or "%" in url.host or url.userinfo:
        return None
    if len(str(url)) > LONGEST:
        return None
    return str(url)


def canonical(link: str) -> str:
    """The same for all addresses of one article that differ in what only counts readers."""
    try:
        parts = urlsplit(link.strip())
    except ValueError:
        return link.strip()
    query = "&".join(each for each in parts.query.split("&") if each and not _TRACKING.match(each))
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path or "/" * bool(parts.netloc), query, ""))


def host_of(link: str) -> str:
    """Without 'www.', for which sites are not consistent."""
    try:
        return (urlsplit(link).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def place_of(link: str) -> str:
    """Host and path: enough to recognise an article that is pointed to from two sides."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return link
    return f"{host_of(link)}{unquote(parts.path).rstrip('/')}?{parts.query if not parts.path.strip('/') else ''}"


def origin_of(link: str) -> str:
    parts = urlsplit(link)
    return f"{parts.scheme}://{parts.netloc}"
