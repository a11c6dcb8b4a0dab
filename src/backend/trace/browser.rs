use jmespath::Rcvar;

use crate::backend::Fields;

/// Nothing.
pub fn article(_fields: &Fields, _item: &Rcvar) {}
