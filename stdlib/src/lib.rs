//! What a Tandem policy can talk about, and the contract between a compiled policy and its host.
//!
//! Two wings meet here and nowhere else: the author's wing (`tandem-lang`, `tandem-compiler`) turns text into
//! a [`contract::Artefact`]; the operator's wing (`runtime/*`) feeds it [`contract::Event`]s.
//! This crate compiles nothing and knows no code generator.

pub mod contract;
pub mod modules;
pub mod show;
pub mod words;
