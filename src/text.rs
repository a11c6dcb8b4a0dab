//! Small rules about text that several rooms share. This module is at the bottom: it uses nothing else of the program.

mod line;
pub mod link_header;
pub mod percent;
mod web_address;

pub use line::{is_control, one_line};
pub use web_address::WebAddress;
