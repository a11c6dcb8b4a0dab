//! Small functions for text that several modules need. It uses no other module of the program.

mod fingerprint;
mod line;
pub mod link_header;
mod old_address;
pub mod percent;
#[cfg(not(target_arch = "wasm32"))]
mod qr_code;
pub mod telephone;
mod web_address;
mod word;

pub use fingerprint::fingerprint;
pub use line::{is_control, one_line};
pub use old_address::new_address;
#[cfg(not(target_arch = "wasm32"))]
pub use qr_code::qr_code;
pub use web_address::WebAddress;
pub use word::is_in_word;
