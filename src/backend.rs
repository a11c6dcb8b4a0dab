//! Where the articles come from. A mapping document says which addresses are requested, and where each field is in the
//! answers.

mod answer;
mod blocks;
mod cache;
mod error;
mod fields;
mod include;
mod lenient;
mod mapping;
pub mod markdown;
mod offer;
mod page_data;
mod preset;
mod repository;
mod retry;
pub mod surroundings;
mod template;
pub mod transport;
mod wanted;
mod warning;

pub use cache::CacheSettings;
pub use error::{LoadError, Unmapped};
pub use fields::Fields;
pub use mapping::{Field, Mapping, MappingError, Resource};
pub use offer::Offer;
#[cfg(not(target_arch = "wasm32"))]
pub use page_data::listed_article;
pub use page_data::{FRESH_SECONDS, OWN_ORIGIN, PageData};
pub use preset::has_reader;
#[cfg(target_arch = "wasm32")]
pub use preset::load_reader;
pub use repository::Repository;
#[cfg(not(target_arch = "wasm32"))]
pub use repository::{MOST_RELATED, filled_up, keyword_key};
pub use surroundings::Surroundings;
pub(crate) use template::{expand, with_one_query};
pub use wanted::{Answered, AnyWanted, Loadable, Payload, Wanted};
pub use warning::Warning;
