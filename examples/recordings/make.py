#!/usr/bin/env python3
"""Makes the recorded calls of the examples from their scripts: `python3 examples/recordings/make.py [bank …]`.

Reads `examples/<name>/scripts/*.toml`, writes `examples/<name>/calls/*.vcon.json` with the audio beside them.
Running it twice gives the same bytes; `README.md` beside this file names the versions of the tools.
"""

import array
import sys
import tomllib
from datetime import timedelta
from pathlib import Path

import synthesis
import timeline as event_timeline
import vcon

EXAMPLES = Path(__file__).resolve().parent.parent
CHANNELS = {"customer": 0, "agent": 1}


def timeline(script):
    """Places every turn, key and hold of a script in time: ([placed turns], length in samples)."""
    now, placed = round(script.get("lead_s", 0.5) * synthesis.RATE_HZ), []
    for turn in script["turn"]:
        now += round(turn.get("pause_s", 0.6) * synthesis.RATE_HZ)
        samples = _sound(script, turn)
        placed.append({**turn, "offset": now, "samples": samples})
        now += len(samples)
    return placed, now + round(script.get("tail_s", 0.5) * synthesis.RATE_HZ)


def _sound(script, turn):
    if "hold_s" in turn:
        return array.array("h", bytes(2 * round(turn["hold_s"] * synthesis.RATE_HZ)))
    if "keys" in turn:
        gap = array.array("h", bytes(2 * round(0.2 * synthesis.RATE_HZ)))
        return sum((synthesis.key_tone(key) + gap for key in turn["keys"]), array.array("h"))
    voice = script["voices"][turn["who"]]
    text = turn.get("pinyin", turn.get("text"))
    return synthesis.speak(voice, text, turn.get("rate", 1.0), turn.get("louder_db", 0.0))


def channels(script, placed, length):
    """One array a channel: customer left and agent right, or both on one."""
    sides = [("customer",), ("agent",)] if script["channels"] == 2 else [("customer", "agent")]
    return [
        synthesis.mix(length, [(t["offset"], t["samples"]) for t in placed if t.get("who") in side], seed)
        for seed, side in enumerate(sides, 1)
    ]


def make(script_path, script):
    """Writes the audio and the vCon of one script."""
    calls = script_path.parent.parent / "calls"
    placed, length = timeline(script)
    name = f"{script_path.stem}.{'mp3' if script['format'] == 'mp3' else 'wav'}"
    audio = vcon.encode(channels(script, placed, length), script["format"])
    (calls / name).write_bytes(audio)
    text = vcon.document(script_path, script, placed, length, name, audio)
    (calls / f"{script_path.stem}.vcon.json").write_text(text, encoding="utf-8")
    seconds = timedelta(seconds=round(length / synthesis.RATE_HZ))
    print(f"{script_path.parent.parent.name}/{name}  {seconds}  {len(audio) // 1000} kB")


def make_all(folder):
    """Makes every call of one example; those without audio go into one timeline file."""
    (folder.parent / "calls").mkdir(exist_ok=True)
    timelines = ""
    for script_path in sorted(folder.glob("*.toml")):
        script = tomllib.loads(script_path.read_text(encoding="utf-8"))
        if script["format"] == "timeline":
            timelines += event_timeline.lines(script_path.stem, script)
        else:
            make(script_path, script)
    (folder.parent / "calls" / "timelines.jsonl").write_text(timelines, encoding="utf-8")


def main(names):
    """Makes the calls of the named examples, or of all."""
    for folder in sorted(EXAMPLES.glob("*/scripts")):
        if not names or folder.parent.name in names:
            make_all(folder)


if __name__ == "__main__":
    main(sys.argv[1:])
