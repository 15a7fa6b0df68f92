"""A process of its own: `python -m bench.cold < texts.json` prints what a start costs, as JSON. Seconds of CPU."""

import json
import sys
import time
from pathlib import Path


def peak_mb() -> float | None:
    """Of this program alone: getrusage begins with the peak of the process that started it. None off Linux."""
    status = Path("/proc/self/status")
    if not status.exists():
        return None
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def main() -> None:
    began = time.process_time()
    from monitor.figures import read_figures

    imported = time.process_time()
    texts = json.load(sys.stdin)
    loaded = time.process_time()
    read_figures(texts[0])
    first = time.process_time()
    for text in texts[1:]:
        read_figures(text)
    done = time.process_time()
    print(
        json.dumps(
            {
                "import": imported - began,
                "first": first - loaded,
                "rate": len(texts) / (done - loaded),
                "peak_mb": peak_mb(),
            }
        )
    )


if __name__ == "__main__":
    main()
