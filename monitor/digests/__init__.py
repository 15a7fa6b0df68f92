"""The digest as a value: composed from what was found, worded neutrally, cut with care. Pure."""

from monitor.digests.compose import compose_digest
from monitor.digests.values import Digest

__all__ = ["Digest", "compose_digest"]
