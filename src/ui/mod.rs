//! What is drawn. A view takes what it needs and says what the user did.

pub mod file_dialog;
