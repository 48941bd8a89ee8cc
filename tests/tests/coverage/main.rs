//! Every construct and everything of the standard library has an example that runs: in the book, a specification or an
//! example.

#![cfg(test)]

mod blocks;
mod examples;
mod grammar;
mod standard;
