//! What is made of many cases at once, to be used outside of the program.
//!
//! - [`calendar`]: what is coming up, for a calendar program.

pub mod calendar;
