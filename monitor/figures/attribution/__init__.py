"""Who claims each figure: the author, or whoever he names."""

from monitor.figures.attribution.speakers import speakers_of

__all__ = ["speakers_of"]
