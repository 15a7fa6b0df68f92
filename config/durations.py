"""Lengths of time as people write them in files and variables: `90s`, `15m`, `1h30m`, `2d`."""

import re
from datetime import timedelta

_UNITS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
_DURATION = re.compile(
    r"(?:(?P<w>\d{1,4})w)?(?:(?P<d>\d{1,5})d)?(?:(?P<h>\d{1,6})h)?(?:(?P<m>\d{1,7})m)?(?:(?P<s>\d{1,9})s)?"
)


def parse_duration(text: str) -> timedelta:
    """Raises ValueError for anything but whole weeks, days, hours, minutes and seconds in this order."""
    found = _DURATION.fullmatch(text.strip())
    parts = {_UNITS[unit]: int(count) for unit, count in found.groupdict(default="0").items()} if found else {}
    if not text.strip() or not parts:
        raise ValueError(f"{text!r} is no length of time; write it as 90s, 15m, 1h30m or 2d")
    return timedelta(**parts)


def format_duration(length: timedelta) -> str:
    """The inverse of `parse_duration`; parts of a second are dropped."""
    seconds = int(length.total_seconds())
    minutes, s = divmod(seconds, 60)
    hours, m = divmod(minutes, 60)
    d, h = divmod(hours, 24)
    return "".join(f"{count}{unit}" for count, unit in ((d, "d"), (h, "h"), (m, "m"), (s, "s")) if count) or "0s"
