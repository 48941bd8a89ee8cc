"""Speech of one turn, and the mix of a call, as plain lists of 16-bit samples at 8 kHz.

The synthesisers are espeak-ng and flite; sox resamples. Everything else is arithmetic on integers, so the
same script and the same tool versions give the same samples.
"""

import array
import math
import subprocess
import tempfile
from pathlib import Path

RATE_HZ = 8000
SPEECH_LEVEL_DB = -26.0
NOISE_PEAK = 2
FULL_SCALE = 32767

# One entry a voice that scripts may name: (engine, voice, words a minute for espeak-ng).
VOICES = {
    "anna": ("espeak", "en-gb+f3", 165),
    "brian": ("espeak", "en-gb+m3", 160),
    "carol": ("espeak", "en-us+f2", 170),
    "derek": ("espeak", "en-us+m7", 160),
    "slt": ("flite", "slt", 0),
    "rms": ("flite", "rms", 0),
    "lan": ("espeak", "cmn-latn-pinyin+f3", 150),
    "wei": ("espeak", "cmn-latn-pinyin+m3", 150),
    "mei": ("espeak", "cmn-latn-pinyin+f2", 160),
    "jun": ("espeak", "cmn-latn-pinyin+m7", 160),
}


def speak(voice, text, rate, gain_db):
    """Samples of `text`, spoken `rate` times as fast as usual and `gain_db` louder than usual."""
    engine, name, words_a_minute = VOICES[voice]
    with tempfile.TemporaryDirectory() as folder:
        wave = str(Path(folder) / "speech.wav")
        if engine == "espeak":
            command = ["espeak-ng", "-v", name, "-s", str(round(words_a_minute * rate)), "-w", wave, text]
        else:
            stretch = f"duration_stretch={1 / rate:.4f}"
            command = ["flite", "-voice", name, "--setf", stretch, "-t", text, "-o", wave]
        subprocess.run(command, check=True, capture_output=True)
        resample = ["sox", "-D", wave, "-t", "raw", "-e", "signed", "-b", "16", "-c", "1", "-r", str(RATE_HZ), "-"]
        raw = subprocess.run(resample, check=True, capture_output=True).stdout
    return _at_level(_trimmed(array.array("h", raw)), SPEECH_LEVEL_DB + gain_db)


def key_tone(button, length_s=0.12, level_db=-20.0):
    """The two tones of a telephone key (ITU-T Q.23)."""
    rows, columns = (697, 770, 852, 941), (1209, 1336, 1477)
    place = "123456789*0#".index(button)
    low, high = rows[place // 3], columns[place % 3]
    peak = FULL_SCALE * 10 ** (level_db / 20)
    angles = (2 * math.pi * n / RATE_HZ for n in range(round(length_s * RATE_HZ)))
    return array.array("h", (round(peak * (math.sin(low * a) + math.sin(high * a)) / 2) for a in angles))


def mix(length, pieces, noise_seed):
    """One channel of `length` samples: the (offset, samples) pieces over a faint, repeatable noise."""
    total = array.array("h", bytes(2 * length))
    state = noise_seed
    for index in range(length):
        state = (1103515245 * state + 12345) % 2**31
        total[index] = (state >> 16) % (2 * NOISE_PEAK + 1) - NOISE_PEAK
    for offset, samples in pieces:
        for index, sample in enumerate(samples, offset):
            total[index] = max(-FULL_SCALE, min(FULL_SCALE, total[index] + sample))
    return total


def _trimmed(samples, threshold=200):
    loud = [index for index, sample in enumerate(samples) if abs(sample) > threshold]
    return samples[loud[0] : loud[-1] + 1] if loud else samples


def _at_level(samples, level_db):
    """Scales to an RMS level over the voiced part only, so that pauses inside a turn do not count."""
    frame = RATE_HZ // 50
    powers = [sum(s * s for s in samples[at : at + frame]) / frame for at in range(0, len(samples), frame)]
    voiced = [power for power in powers if power > max(powers) / 1000]
    gain = FULL_SCALE * 10 ** (level_db / 20) / math.sqrt(sum(voiced) / len(voiced))
    return array.array("h", (max(-FULL_SCALE, min(FULL_SCALE, round(s * gain))) for s in samples))
