//! Tandem policy text to checked program.
