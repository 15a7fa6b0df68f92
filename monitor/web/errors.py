"""Pages for what went wrong. They ask nothing of the store, which may be what went wrong."""

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from monitor.web.page import render
from monitor.web.security import HEADERS

log = structlog.get_logger(__name__)

WORDS = {
    400: ("This address is not understood", "A part of it has a value that does not exist."),
    403: (
        "This form was not taken",
        "It did not come from a page of this desk, or the page was too old. Open it again.",
    ),
    404: ("There is no such page", "It may have been merged into another event, or removed."),
    405: ("This page only shows", "It takes no changes."),
    413: ("This is too much", "A form here is never so long."),
    500: ("Something broke here", "The fault is logged with its details. Other pages may still work."),
    503: ("The store cannot be reached", "Nothing can be shown until the database answers again."),
}


def install(app: FastAPI) -> None:
    app.add_exception_handler(HTTPException, _told)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(OperationalError, _no_store)
    app.add_exception_handler(Exception, _broken)


def _told(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return _page(request, status)


def _not_understood(request: Request, error: Exception) -> Response:
    """A wrong part of the path is a page that does not exist; a wrong choice is said to be one."""
    wrong = error.errors() if isinstance(error, RequestValidationError) else []
    return _page(request, 404 if any(each["loc"][0] == "path" for each in wrong) else 400)


def _no_store(request: Request, error: Exception) -> Response:
    log.error("store_unreachable", path=request.url.path, exc_info=error)
    return _page(request, 503)


def _broken(request: Request, error: Exception) -> Response:
    """Told by the outermost layer, which no middleware of ours surrounds: the headers are added here."""
    log.error("page_broken", path=request.url.path, exc_info=error)
    answer = _page(request, 500)
    answer.headers.update(HEADERS)
    return answer


def _page(request: Request, status: int) -> Response:
    title, words = WORDS.get(status, WORDS[400 if status < 500 else 500])
    return render("error.html.j2", request, status, code=status, title=title, words=words)
