"""Engines and sessions. One engine a process; a forked worker disposes it first."""

from functools import cache

from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, sessionmaker


@cache
def engine_for(url: str) -> Engine:
    """`postgres://` and `postgresql://` both mean psycopg 3. Pooled connections are tested before use."""
    parsed = make_url(url.replace("postgres://", "postgresql://", 1)).set(drivername="postgresql+psycopg")
    return create_engine(parsed, pool_pre_ping=True, pool_size=10, max_overflow=20, connect_args={"connect_timeout": 5})


def sessions_for(url: str) -> sessionmaker[Session]:
    return sessionmaker(engine_for(url), expire_on_commit=False)


def dispose_engines(url: str) -> None:
    """Forget connections without closing them: after a fork they belong to the parent."""
    engine_for(url).dispose(close=False)
