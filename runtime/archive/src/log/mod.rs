//! Logs of campaigns and tickets, as JSON Lines.

mod event;
mod line;
mod reader;
#[cfg(test)]
mod tests;

pub use event::{LogEvent, Logged, TicketLogged};
pub use reader::{CentreLog, is_log, read_log};
