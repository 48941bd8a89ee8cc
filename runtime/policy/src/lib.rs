//! Loads a compiled policy and calls it safely.
