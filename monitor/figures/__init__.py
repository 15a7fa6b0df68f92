"""Reading: a text in, the figures that it claims out. `read_figures` is the one door."""

from monitor.figures.reader import READER_VERSION, read_figures

__all__ = ["READER_VERSION", "read_figures"]
