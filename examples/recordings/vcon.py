"""The audio file and the vCon (IETF draft-ietf-vcon-vcon-core, syntax 0.0.2) of one call."""

import array
import base64
import hashlib
import json
import subprocess
import uuid
from datetime import timedelta

from synthesis import RATE_HZ

NAMESPACE = uuid.UUID("6f1d2c1e-7a53-5f0e-9d5b-3b1f0c2a9e11")
ENCODINGS = {
    "wav-mulaw": ["-e", "u-law", "-b", "8", "-t", "wav"],
    "wav-alaw": ["-e", "a-law", "-b", "8", "-t", "wav"],
    "wav-pcm": ["-e", "signed", "-b", "16", "-t", "wav"],
}


def encode(channels, kind):
    """The bytes of an audio file with these channels."""
    count = len(channels)
    interleaved = array.array("h", (sample for frame in zip(*channels) for sample in frame)).tobytes()
    if kind == "mp3":
        mode, rate = ("s", "32") if count == 2 else ("m", "16")
        command = ["lame", "--quiet", "-r", "-s", "8", "--bitwidth", "16", "--signed", "--little-endian"]
        command += ["-m", mode, "--cbr", "-b", rate, "--resample", "8", "-q", "2", "-", "-"]
    else:
        raw = ["-t", "raw", "-e", "signed", "-b", "16", "-c", str(count), "-r", str(RATE_HZ), "-"]
        command = ["sox", "-D", *raw, *ENCODINGS[kind], "-"]
    return _with_sizes(subprocess.run(command, input=interleaved, check=True, capture_output=True).stdout)


def _with_sizes(audio):
    """Fills in the sizes that sox leaves open in a WAV file that it writes to a pipe."""
    if audio[:4] != b"RIFF":
        return audio
    data = bytearray(audio)
    data[4:8] = (len(data) - 8).to_bytes(4, "little")
    at = data.index(b"data")
    body = len(data) - at - 8
    data[at + 4 : at + 8] = body.to_bytes(4, "little")
    if b"fact" in data[:at]:
        fact = data.index(b"fact")
        block = int.from_bytes(data[32:34], "little")
        data[fact + 8 : fact + 12] = (body // block).to_bytes(4, "little")
    return bytes(data)


def document(path, script, placed, length, audio_name, audio):
    """The vCon as text."""
    start = script["start"]
    value = {
        "vcon": "0.0.2",
        "uuid": str(uuid.uuid5(NAMESPACE, f"{path.parent.parent.name}/{path.stem}")),
        "created_at": _stamp(start + timedelta(seconds=length / RATE_HZ)),
        "subject": script["subject"],
        "parties": [
            {"tel": script["from"], "name": script["names"]["customer"], "role": "customer"},
            {"tel": script["to"], "name": script["names"]["agent"], "role": "agent"},
        ],
        "dialog": [_recording(script, placed, length, audio_name, audio)],
        "analysis": [_transcript(script, placed)],
        "attachments": [],
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _recording(script, placed, length, audio_name, audio):
    digest = base64.urlsafe_b64encode(hashlib.sha512(audio).digest()).decode().rstrip("=")
    recording = {
        "type": "recording",
        "start": _stamp(script["start"]),
        "duration": round(length / RATE_HZ, 3),
        "parties": [0, 1],
        "originator": 1 if script.get("direction") == "outbound" else 0,
        "mediatype": "audio/mpeg" if audio_name.endswith("mp3") else "audio/x-wav",
        "filename": audio_name,
        "url": audio_name,
        "content_hash": f"sha512-{digest}",
    }
    history = [event for turn in placed for event in _history(script, turn)]
    return recording | ({"party_history": history} if history else {})


def _history(script, turn):
    """Keys and holds of a turn as events of the dialog's party history."""
    at = turn["offset"] / RATE_HZ
    if "hold_s" in turn:
        yield {"party": 0, "event": "hold", "time": _later(script, at)}
        yield {"party": 0, "event": "unhold", "time": _later(script, at + turn["hold_s"])}
    for index, key in enumerate(turn.get("keys", "")):
        down = at + index * 0.32
        yield {"party": 0, "event": "keydown", "button": key, "time": _later(script, down)}
        yield {"party": 0, "event": "keyup", "button": key, "time": _later(script, down + 0.12)}


def _transcript(script, placed):
    body = []
    for turn in placed:
        if "text" not in turn:
            continue
        line = {"speaker": turn["who"].capitalize(), "message": turn["text"]}
        if script["transcript"] == "timed":
            line["start"] = round(turn["offset"] / RATE_HZ, 3)
            line["end"] = round((turn["offset"] + len(turn["samples"])) / RATE_HZ, 3)
        body.append(line)
    return {
        "type": "transcript",
        "dialog": 0,
        "vendor": "tandem-examples",
        "product": "script",
        "language": script["language"],
        "encoding": "json",
        "body": body,
    }


def _later(script, seconds):
    return _stamp(script["start"] + timedelta(seconds=seconds))


def _stamp(moment):
    return moment.isoformat(timespec="milliseconds")
