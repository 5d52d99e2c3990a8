//! The page as it will be printed, drawn from the very PDF that would be handed out.
//!
//! - [`draw`]: PDF to pixels.
//! - [`worker`]: a thread that lays out, writes and draws, so that typing never waits.

pub mod draw;
pub mod worker;

pub use draw::Pixels;
pub use worker::{Picture, Request, Worker};
