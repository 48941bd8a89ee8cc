//! The report of a replay: for people, and as a JSON document that is written while the replay runs.

pub(crate) mod account;
mod centre;
mod dialogs;
mod digits;
pub(crate) mod document;
pub(crate) mod erlang;
pub(crate) mod evidence;
mod exports;
mod fairness;
mod html;
pub(crate) mod human;
pub(crate) mod logs;
mod logs_page;
pub(crate) mod naming;
mod replay_agents;
mod replay_outcome;
pub(crate) mod replay_page;
pub(crate) mod replays;
pub(crate) mod study;
mod timeline;
