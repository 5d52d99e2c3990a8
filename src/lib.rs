//! ryoritsu: the papers of a return to work during treatment, typed once and ready to be signed.
//!
//! A form is data (`templates/*.ron`), a case is one RON file. [`layout`] makes pages of both,
//! [`pdf`] writes them. A room uses only rooms that stand before its own in this list:
//! [`model`] · [`messages`], [`assets`], [`fonts`] · [`layout`] · [`pdf`] · [`store`] ·
//! [`export`], [`report`], [`session`], [`mod@print`], [`dialogs`] · [`share`] · [`paperwork`] · [`preview`] · [`ui`] ·
//! [`app`] · [`cli`].

pub mod app;
pub mod assets;
pub mod cli;
pub mod dialogs;
pub mod export;
pub mod fonts;
pub mod layout;
pub mod messages;
pub mod model;
pub mod paperwork;
pub mod pdf;
pub mod preview;
pub mod print;
pub mod report;
pub mod session;
pub mod share;
pub mod store;
pub mod ui;
