"""For machines: whether the process lives, whether it can serve, whether collecting goes on."""

from datetime import datetime
from typing import Any

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from monitor.queries import collecting

log = structlog.get_logger(__name__)
router = APIRouter()

ASKED_BY = ["GET", "HEAD"]


@router.api_route("/healthz", methods=ASKED_BY)
def alive() -> PlainTextResponse:
    return PlainTextResponse("ok\n")


@router.api_route("/readyz", methods=ASKED_BY)
def ready(request: Request) -> JSONResponse:
    """503 without a store; a tick that stands still is told, but pages can still be served."""
    state = _state(request)
    return JSONResponse(state, 200 if state["database"] == "ok" else 503)


@router.api_route("/healthz/collecting", methods=ASKED_BY)
def collects(request: Request) -> JSONResponse:
    """503 when the tick is older than a minute: for whatever watches the desk from outside."""
    state = _state(request)
    return JSONResponse(state, 200 if state["collecting"] == "ok" else 503)


def _state(request: Request) -> dict[str, Any]:
    desk = request.app.state.desk
    try:
        with desk.sessions() as session:
            return _collecting(session, desk.clock())
    except SQLAlchemyError:
        log.exception("store_unreachable", path=request.url.path)
        return {"database": "unreachable", "collecting": "unknown", "last_tick": None}


def _collecting(session: Session, now: datetime) -> dict[str, Any]:
    heart = collecting(session, now)
    return {
        "database": "ok",
        "collecting": "stands still" if heart.stands_still else "ok",
        "last_tick": None if heart.last_tick is None else heart.last_tick.isoformat(),
    }
