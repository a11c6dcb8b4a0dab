//! Remembers a reader's choices in the browser, under keys that begin with `gisa:`.

use web_sys::Storage;

/// Whether the choice with this key is remembered.
pub fn knows(key: &str) -> bool {
    storage()
        .and_then(|storage| storage.get_item(key).ok().flatten())
        .is_some()
}

/// Remembers or forgets a choice. If storage is full or forbidden, the choice lasts only as long as the page.
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
