//! The roof: tests that need more than one wing of the house.
