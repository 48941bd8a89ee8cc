//! Checked Tandem program to flow IR, interpreter and native code.
