//! Personal data in texts.

mod kind;

pub use kind::Redaction;
