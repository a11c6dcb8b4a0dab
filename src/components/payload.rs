//! What pages load, as one type, and how it travels in a page that was written before.

use codee::{Decoder, Encoder};

use crate::backend::LoadError;
use crate::model::{Article, ArticleList, Neighbours, Ranking};

/// Anything that a page loads.
#[derive(Clone, Debug, PartialEq)]
pub enum Payload {
    Article(Box<Article>),
    List(ArticleList),
    Ranking(Ranking),
    Neighbours(Box<Neighbours>),
}

/// A value of the model that pages load.
pub trait Loadable: Sized + 'static {
    fn into_payload(self) -> Payload;
    /// None for a payload of another kind.
    fn from_payload(payload: Payload) -> Option<Self>;
}

macro_rules! loadable {
    ($type:ty, $variant:ident, |$value:ident| $wrap:expr, |$inner:ident| $unwrap:expr) => {
        impl Loadable for $type {
            fn into_payload(self) -> Payload {
                let $value = self;
                Payload::$variant($wrap)
            }

            fn from_payload(payload: Payload) -> Option<Self> {
                match payload {
                    Payload::$variant($inner) => Some($unwrap),
                    _ => None,
                }
            }
        }
    };
}

loadable!(Article, Article, |article| Box::new(article), |article| *article);
loadable!(ArticleList, List, |list| list, |list| list);
loadable!(Ranking, Ranking, |ranking| ranking, |ranking| ranking);
loadable!(
    Neighbours,
    Neighbours,
    |neighbours| Box::new(neighbours),
    |neighbours| *neighbours
);

/// Writes payloads into pages and reads them from there.
pub struct Codec;

/// A payload that can't be written or read.
#[derive(Debug)]
pub struct CodecError;

impl Encoder<Result<Payload, LoadError>> for Codec {
    type Error = CodecError;
    type Encoded = String;

    /// No page is written with its data in it yet, so there is nothing to write.
    fn encode(_: &Result<Payload, LoadError>) -> Result<String, CodecError> {
        Ok(String::new())
    }
}

impl Decoder<Result<Payload, LoadError>> for Codec {
    type Error = CodecError;
    type Encoded = str;

    /// An error makes the page load the data itself.
    fn decode(_: &str) -> Result<Result<Payload, LoadError>, CodecError> {
        Err(CodecError)
    }
}
