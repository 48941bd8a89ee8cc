//! The modules of the language: their own examples, their dates against the law's rules, their form.

#![cfg(test)]

mod definitions;
mod form;
mod holidays;
mod phrases;
mod tables;
