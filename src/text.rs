//! Small functions for text that several modules need. It uses no other module of the program.

mod line;
pub mod link_header;
pub mod percent;
pub mod telephone;
mod web_address;

pub use line::{is_control, one_line};
pub use web_address::WebAddress;
