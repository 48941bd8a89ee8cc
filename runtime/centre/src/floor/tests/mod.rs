//! What the floor promises, as tests.
