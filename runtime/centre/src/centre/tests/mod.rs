//! The centre as a whole: what a policy decides happens on the floor.

mod desk;
mod dispatch;
mod properties;
mod watching;
