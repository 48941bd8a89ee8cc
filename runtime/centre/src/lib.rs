//! The decision core of a contact centre, sans-IO and deterministic.
