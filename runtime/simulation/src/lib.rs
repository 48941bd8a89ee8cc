//! Replays recorded calls and scripted tests through the decision core.
