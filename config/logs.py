"""One line an event, with fields, on standard error: JSON for machines, columns for a terminal."""

import logging
import sys
from typing import Literal

import structlog
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import Processor

Format = Literal["auto", "console", "json"]

_QUIET = (
    "celery",
    "kombu",
    "httpx",
    "httpcore",
    "telethon",
    "trafilatura",
    "htmldate",
    "urllib3",
    "asyncio",
    "alembic.runtime.plugins",
)


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]


def _last(form: Format) -> list[Processor]:
    """Tracebacks without local variables: those of a connection that fails hold its password."""
    if form == "console" or (form == "auto" and sys.stderr.isatty()):
        plain = structlog.dev.plain_traceback
        return [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)]
    told = structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False))
    return [told, structlog.processors.JSONRenderer(ensure_ascii=False)]


def configure_logs(level: str = "info", form: Format = "auto") -> None:
    """Libraries that log through `logging` come out the same way. Calling it again replaces the former set-up."""
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_shared(),
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_last(form)],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared(),
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
