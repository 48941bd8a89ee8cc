//! Audio frames to speech events: voice activity, loudness, pitch, speech rate.
