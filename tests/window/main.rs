//! The window as its users meet it: by the names of its inputs and buttons, by keys, by Japanese
//! input, with the files that come of it.

#[path = "../common/mod.rs"]
mod common;

mod composing;
mod conflicts;
mod drafts;
mod files;
mod forms;
mod hand_out;
mod hand_over;
mod home;
mod merge_reply;
mod paperwork;
mod process;
mod received;
mod regression;
mod room;
mod share;
mod sheets;
mod start;
mod typing;
