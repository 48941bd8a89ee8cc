"""Calls without audio, as lines of an event timeline (the JSON Lines format of the book)."""

import json

FRAME_MS = 100
QUIET_MS = 600


def lines(name, script):
    """The lines of one call."""
    at, out = 0, [_start(name, script)]
    for turn in script["turn"]:
        at += round(turn.get("pause_s", QUIET_MS / 1000) * 1000)
        at, events = _turn(turn, at)
        out += [{"call": name, **event} for event in events]
    out.append({"call": name, "at_ms": at + QUIET_MS, "event": "end"})
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in out)


def _start(name, script):
    return {
        "call": name,
        "at_ms": 0,
        "event": "start",
        "clock": script["start"].isoformat(),
        "from": script["from"],
        "to": script["to"],
        "direction": script.get("direction", "inbound"),
        "channel": "phone",
        "language": script["language"],
        "labels": {"subject": script["subject"]},
    }


def _turn(turn, at):
    """The end of a turn and its events in order."""
    if "event" in turn:
        extra = {key: turn[key] for key in ("intent", "to") if key in turn}
        return at, [{"at_ms": at, "event": turn["event"], **extra}]
    if "keys" in turn:
        times = [at + 400 * index for index in range(len(turn["keys"]))]
        return times[-1], [{"at_ms": t, "event": "key", "key": key} for t, key in zip(times, turn["keys"])]
    end = at + _spoken_ms(turn)
    frames = [_frame(turn, t) for t in range(at + FRAME_MS, end + 1, FRAME_MS)]
    said = {"at_ms": end, "event": "turn", "party": turn["who"], "start_ms": at, "text": turn["text"]}
    return end, [*frames, said]


def _spoken_ms(turn):
    """Four Chinese characters or fourteen Latin letters a second, in whole frames."""
    letters = sum(250 if ord(letter) > 0x2E7F else 70 for letter in turn["text"])
    return round(letters / turn.get("rate", 1.0) / FRAME_MS) * FRAME_MS


def _frame(turn, at):
    frame = {
        "at_ms": at,
        "event": "frame",
        "party": turn["who"],
        "speaking": True,
        "loudness_db": -26.0 + turn.get("louder_db", 0.0),
        "speech_rate": round(4.0 * turn.get("rate", 1.0), 2),
    }
    if "anger" in turn:
        frame |= {"anger": turn["anger"], "confidence": turn.get("confidence", 0.8)}
    return frame
