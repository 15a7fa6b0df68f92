"""Forms that change something: taken from our own pages only, told by the browser's word and by a token."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hmac import compare_digest
from secrets import token_urlsafe
from typing import Annotated, Final
from urllib.parse import parse_qs, urlsplit

from fastapi import Depends, HTTPException, Request
from fastapi.responses import Response

COOKIE: Final = "form"
FIELD: Final = "token"
MOST_BYTES: Final = 256_000
MOST_FIELDS: Final = 2_000
_OURS: Final = ("same-origin", "none")


@dataclass(frozen=True, slots=True)
class Posted:
    fields: Mapping[str, Sequence[str]]

    def one(self, name: str) -> str:
        """'' where it is missing."""
        return next(iter(self.fields.get(name, ())), "")

    def all(self, name: str) -> list[str]:
        return list(self.fields.get(name, ()))


async def _posted(request: Request) -> Posted:
    """403 for what another site sent, 413 and 400 for what no form of ours sends."""
    if not _comes_from_us(request):
        raise HTTPException(403)
    fields = _parsed(await _body(request))
    sent, known = next(iter(fields.get(FIELD, ())), ""), request.cookies.get(COOKIE, "")
    if not known or not compare_digest(sent.encode(), known.encode()):
        raise HTTPException(403)
    return Posted(fields)


PostedForm = Annotated[Posted, Depends(_posted)]


def token_of(request: Request) -> str:
    """The one that this browser has, else a new one."""
    return request.cookies.get(COOKIE) or token_urlsafe(24)


def with_token(answer: Response, request: Request, token: str) -> None:
    if request.cookies.get(COOKIE) != token:
        secure = request.url.scheme == "https"
        answer.set_cookie(COOKIE, token, httponly=True, samesite="strict", secure=secure)


def _comes_from_us(request: Request) -> bool:
    """Browsers of this decade tell by themselves; an older one names the origin, which is to be ours."""
    told = request.headers.get("sec-fetch-site")
    if told is not None:
        return told in _OURS
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc == request.headers.get("host")


async def _body(request: Request) -> bytes:
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            raise HTTPException(413)
    return body


def _parsed(body: bytes) -> Mapping[str, Sequence[str]]:
    try:
        return parse_qs(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise HTTPException(400) from error
