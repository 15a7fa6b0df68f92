"""Lines by their first field, read as blocks of neighbours: a table of sixty thousand lines without as many objects."""

from typing import Final

BLOCK: Final = 3  # first letters of a line's key that its block shares


def block_of(line: str) -> str:
    """The first letters of the key; a shorter key is a block with its tab."""
    return line[:BLOCK]


class Blocks:
    def __init__(self, lines: str) -> None:
        self._blocks = {block_of(block): f"\n{block}\n" for block in lines.split("\n\n")}

    def get(self, key: str) -> str | None:
        """The line whose first field is `key`, without that field."""
        block = self._blocks.get(block_of(f"{key}\t"))
        if block is None:
            return None
        start = block.find(f"\n{key}\t")
        if start < 0:
            return None
        start += len(key) + 2
        return block[start : block.index("\n", start)]
