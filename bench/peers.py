"""Runs in the peers' own environment: `python peers.py NAME SECONDS < texts.json` prints posts/s and peak memory."""

import json
import resource
import sys
import time
import warnings


def natasha():
    from natasha import Doc, NewsEmbedding, NewsNERTagger, Segmenter

    segmenter, tagger = Segmenter(), NewsNERTagger(NewsEmbedding())

    def read(text):
        doc = Doc(text)
        doc.segment(segmenter)
        doc.tag_ner(tagger)

    return read


def quantulum3():
    from quantulum3 import parser

    return parser.parse


def recognizers_text():
    from recognizers_number import Culture, recognize_number

    return lambda text: recognize_number(text, Culture.English)


PEERS = {"natasha-ner": natasha, "quantulum3": quantulum3, "recognizers-text": recognizers_text}


def main():
    warnings.simplefilter("ignore")
    name, seconds = sys.argv[1], float(sys.argv[2])
    texts = json.load(sys.stdin)
    read = PEERS[name]()
    done, failed, began = 0, 0, time.process_time()
    while time.process_time() - began < seconds:
        try:
            read(texts[done % len(texts)])
        except Exception:  # noqa: BLE001 (some peers fail on some posts; the row says how many)
            failed += 1
        done += 1
    rate = done / (time.process_time() - began)
    print(
        json.dumps(
            {"rate": rate, "failed": failed, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
        )
    )


main()
