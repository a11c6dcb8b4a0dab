//! What `site.json` says of the newspaper to machines, for a newspaper that has a public address.

use super::addresses;
use crate::json::DocumentType;
use crate::newspaper::Newspaper;
use crate::site::{PageAddress, Publication, SiteError, read_site};

impl Publication {
    /// Reads the text of a `site.json`. The newspaper has to have a public address: whatever machines read names it.
    pub fn parse(text: &str) -> Result<Self, SiteError> {
        read_site(text, |document| {
            PageAddress::read(document.required("url")?)?;
            Self::read(document)
        })
    }

    /// The logo's public address, where there is one.
    pub fn logo_address(&self, newspaper: &Newspaper) -> Option<String> {
        let logo = self.logo.as_deref()?;
        Some(addresses::file(newspaper, logo))
    }
}
