#!/usr/bin/env python3
"""Checks the recorded calls: `python3 examples/recordings/check.py`. Needs ffmpeg and ffprobe.

Every vCon is valid JSON and its hash fits the audio; the audio decodes, is as long and has as many channels as
the vCon says; transcript lines lie inside the call; every timeline starts with `start`, ends with `end` and
goes forward in time. The script of every call exists.
"""

import base64
import hashlib
import json
import subprocess
import sys
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parent.parent
# A coded MP3 is up to three frames of 72 ms longer than what went in.
LONGER_S_MAX = 0.25


def vcon_faults(path):
    """What is wrong with one vCon and its audio."""
    value = json.loads(path.read_text(encoding="utf-8"))
    recording, lines = value["dialog"][0], value["analysis"][0]["body"]
    audio = path.parent / recording["url"]
    digest = base64.urlsafe_b64encode(hashlib.sha512(audio.read_bytes()).digest()).decode().rstrip("=")
    if recording["content_hash"] != f"sha512-{digest}":
        yield "content_hash does not fit the audio"
    seconds = decoded_seconds(audio)
    if not -0.001 <= seconds - recording["duration"] <= LONGER_S_MAX:
        yield f"audio has {seconds:.3f} s, the vCon says {recording['duration']}"
    if any(line.get("end", 0) > recording["duration"] for line in lines):
        yield "a line ends after the call"
    if not lines or any(not line["message"] for line in lines):
        yield "an empty line"
    if not (path.parent.parent / "scripts" / path.name.replace(".vcon.json", ".toml")).exists():
        yield "no script"


def decoded_seconds(audio):
    """Length of the audio as ffmpeg decodes it."""
    probe = ["ffprobe", "-v", "error", "-show_entries", "stream=channels,sample_rate", "-of", "csv=p=0", str(audio)]
    rate, channels = subprocess.run(probe, check=True, capture_output=True, text=True).stdout.strip().split(",")
    decode = ["ffmpeg", "-v", "error", "-xerror", "-i", str(audio), "-f", "s16le", "-"]
    samples = len(subprocess.run(decode, check=True, capture_output=True).stdout) / 2
    return samples / int(channels) / int(rate)


def timeline_faults(path):
    """What is wrong with one file of timelines."""
    last, at = None, 0
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = json.loads(text)
        if line["event"] == "start":
            if last not in (None, "end"):
                yield f"line {number}: the call before has no end"
            at = 0
        if line["at_ms"] < at:
            yield f"line {number}: goes back in time"
        last, at = line["event"], line["at_ms"]
    if last != "end":
        yield "the last call has no end"


def main():
    """Prints the faults; exit code 1 when there are any."""
    faults = [(path, fault) for path in sorted(EXAMPLES.glob("*/calls/*.vcon.json")) for fault in vcon_faults(path)]
    faults += [(path, fault) for path in sorted(EXAMPLES.glob("*/calls/*.jsonl")) for fault in timeline_faults(path)]
    for path, fault in faults:
        print(f"{path.relative_to(EXAMPLES)}: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
