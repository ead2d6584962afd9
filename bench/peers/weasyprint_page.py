#!/usr/bin/env python3
"""page.html as a PDF by WeasyPrint, in one process, warm.

    weasyprint_page.py DIRECTORY ROUNDS
"""
import json
import resource
import statistics
import sys
import time
from pathlib import Path

import weasyprint
from weasyprint.text.fonts import FontConfiguration


def main(directory, rounds):
    page = Path(directory) / "page.html"
    fonts = FontConfiguration()
    times = []
    for _ in range(int(rounds) + 1):
        start = time.process_time()
        pdf = weasyprint.HTML(filename=str(page)).write_pdf(font_config=fonts)
        times.append(1000 * (time.process_time() - start))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for name, value, unit in [("", statistics.median(times[1:]), "ms"), ("/bytes", len(pdf), "B"), ("/peak_memory", memory, "MiB")]:
        print(json.dumps({"name": f"compose.page/weasyprint{name}", "value": round(value, 3), "unit": unit}))


if __name__ == "__main__":
    main(*sys.argv[1:])
