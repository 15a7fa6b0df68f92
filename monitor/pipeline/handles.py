"""A channel that is known by its stable id may change its handle; a handle may come to name another channel."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from models.tables import AccountPeer, Source
from monitor.pipeline.health import report


def forget_handle(session: Session, handle: str) -> None:
    """It names another channel now: no account may find the old one by it."""
    session.execute(delete(AccountPeer).where(func.lower(AccountPeer.handle) == handle.lower()))


def note_handle(session: Session, source: Source, handle: str, now: datetime) -> None:
    """Follow the channel under its new handle, unless another source stands for that one already."""
    other = select(Source.key).where(
        func.lower(Source.address) == handle.lower(), Source.id != source.id, ~Source.example
    )
    taken = session.scalar(other.limit(1))
    if taken is not None:
        report(
            session, f"moved:{source.key}", "moved", f"{source.key} is called {handle} now, which {taken} follows", now
        )
        return
    left: dict[str, Any] = {"address": source.address, "until": now.isoformat()}
    source.handles, source.address = [*source.handles, left], handle
    session.execute(update(AccountPeer).where(AccountPeer.telegram_id == source.telegram_id).values(handle=handle))
