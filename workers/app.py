"""The Celery application. PostgreSQL holds what is to be done; the broker only says that there is something.

The numbers were measured: a broker killed with tasks queued loses none, and what a killed worker had taken comes back
after the visibility timeout at the latest, which must be longer than any task and the wait of what was prefetched.
"""

from collections.abc import Callable
from typing import Any, Final, ParamSpec

from celery import Celery, Task, signals

from config.logs import configure_logs
from config.settings import Settings, settings
from models.session import dispose_engines
from monitor.errors import BadInputError

SOFT_LIMIT_S: Final = 90
HARD_LIMIT_S: Final = 120
VISIBILITY_S: Final = 900
TICK_EXPIRES: Final = 10  # ticks; an older one is of no use to anybody


def _broker(given: Settings) -> str:
    if given.redis_url is None:
        raise BadInputError("REDIS_URL: workers need the address of the broker; `counterclaim up` sets it")
    return given.redis_url.get_secret_value()


def _configuration(given: Settings) -> dict[str, Any]:
    tick = given.tick.total_seconds()
    return {
        "broker_url": _broker(given),
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        "broker_transport_options": {
            "visibility_timeout": VISIBILITY_S, "unacked_restore_interval": 10, "unacked_restore_throttle": 1,
            "socket_keepalive": True,
        },
        "task_default_queue": "process",
        "task_acks_late": True,
        "task_reject_on_worker_lost": False,  # what kills its worker would be tried again at once, for ever
        "task_ignore_result": True,
        "task_soft_time_limit": SOFT_LIMIT_S,
        "task_time_limit": HARD_LIMIT_S,
        "worker_prefetch_multiplier": 1,
        "worker_max_tasks_per_child": 1000,
        "worker_max_memory_per_child": 600_000,
        "worker_soft_shutdown_timeout": 3,
        "worker_hijack_root_logger": False,
        "beat_scheduler": "celery.beat:Scheduler",  # one entry, and nothing about it worth keeping in a file
        "beat_schedule": {
            "tick": {"task": "workers.tasks.tick", "schedule": tick, "options": {"expires": TICK_EXPIRES * tick}},
        },
    }  # fmt: skip


app = Celery("counterclaim", include=["workers.tasks"])
app.conf.update(_configuration(settings()))

P = ParamSpec("P")


def task(queue: str, **options: Any) -> Callable[[Callable[P, None]], Task]:
    """Celery's own decorator, with types."""
    return lambda function: app.task(queue=queue, **options)(function)


def _set_up_logging(**_: object) -> None:
    configure_logs(settings().log_level, settings().log_format)


def _forget_the_parents_connections(**_: object) -> None:
    if (url := settings().database_url) is not None:
        dispose_engines(url.get_secret_value())


signals.setup_logging.connect(_set_up_logging)
signals.worker_process_init.connect(_forget_the_parents_connections)
