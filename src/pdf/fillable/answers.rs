//! What was filled in.
