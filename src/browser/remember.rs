//! What the browser remembers of a reader's choices, under keys that begin with `gisa:`.

use web_sys::Storage;

/// Whether a choice was remembered.
pub fn knows(key: &str) -> bool {
    storage()
        .and_then(|storage| storage.get_item(key).ok().flatten())
        .is_some()
}

/// Remembers or forgets a choice. Where storage is full or forbidden, the choice lasts as long as the page.
pub fn set(key: &str, chosen: bool) {
    if let Some(storage) = storage() {
        let _ = if chosen {
            storage.set_item(key, "1")
        } else {
            storage.remove_item(key)
        };
    }
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
