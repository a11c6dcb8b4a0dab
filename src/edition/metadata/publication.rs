//! What `site.json` tells machines about a newspaper with a public address.

use super::addresses;
use crate::json::{DocumentType, read_document};
use crate::newspaper::Newspaper;
use crate::site::{PageAddress, Publication, SiteError, read_site};

impl Publication {
    /// Reads the text of a `site.json`. It is an error if the newspaper has no public address, because all metadata
    /// needs it.
    pub fn parse(text: &str) -> Result<Self, SiteError> {
        read_site(text, |document| {
            read_document(document, false, |site| {
                site.field::<PageAddress>("url");
                Self::read(site)
            })
        })
    }

    /// The logo's public address, if there is a logo.
    pub fn logo_address(&self, newspaper: &Newspaper) -> Option<String> {
        let logo = self.logo.as_deref()?;
        Some(addresses::file(newspaper, logo))
    }
}
