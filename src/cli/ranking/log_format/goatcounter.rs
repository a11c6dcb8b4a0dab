//! GoatCounter's CSV export: one line for each view, with a session in place of the reader's address.

use std::borrow::Cow;

use super::super::csv;
use super::{LoggedRequest, ReadLine, time};

/// In which column each value stands, from 0.
#[derive(Clone, Debug, PartialEq)]
pub struct ViewColumns {
    path: usize,
    session: usize,
    date: usize,
    bot: Option<usize>,
    event: Option<usize>,
}

impl ViewColumns {
    /// The columns that the head of an export names: `2Path,Title,Event,…`, in which the digit is the export's version.
    pub fn of_head(line: &[u8]) -> Option<Self> {
        let head = std::str::from_utf8(line).ok()?;
        let head = head.strip_prefix(|sign: char| sign.is_ascii_digit())?;
        let names = csv::fields(head, ',');
        let column = |name: &str| names.iter().position(|known| known == name);
        Some(ViewColumns {
            path: column("Path")?,
            session: column("Session")?,
            date: column("Date")?,
            bot: column("Bot"),
            event: column("Event"),
        })
    }

    /// Reads a line.
    pub fn read<'a>(&self, line: &'a [u8]) -> ReadLine<'a> {
        if Self::of_head(line).is_some() {
            return Ok(None);
        }
        let line = std::str::from_utf8(line).map_err(|_| "it is not UTF-8")?;
        let mut values = csv::fields(line, ',');
        let date = values.get(self.date).ok_or("it has fewer columns than its head")?;
        let time = time::iso(date).ok_or("its date can't be read")?;
        let is = |values: &[Cow<str>], column: Option<usize>, no: &[&str]| {
            let value = column.and_then(|column| values.get(column)).map(|value| value.as_ref());
            value.is_some_and(|value| !no.contains(&value))
        };
        let is_robot = is(&values, self.bot, &["0", ""]);
        let is_event = is(&values, self.event, &["false", "0", ""]);
        let mut take = |column: usize| values.get_mut(column).map(std::mem::take).unwrap_or_default();
        let (target, client) = (take(self.path), take(self.session));
        let bytes = |text: Cow<'a, str>| match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
            Cow::Owned(text) => Cow::Owned(text.into_bytes()),
        };
        Ok(Some(LoggedRequest {
            time,
            method: b"GET".as_slice().into(),
            // An event has a name where a view has its path.
            target: if is_event { b"".as_slice().into() } else { bytes(target) },
            status: 200,
            client: bytes(client),
            user_agent: None,
            host: None,
            is_prefetch: false,
            is_robot,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "2Path,Title,Event,UserAgent,Browser,System,Session,Bot,Referrer,Referrer scheme,Screen size,Location,FirstVisit,Date";

    #[test]
    fn views_are_read_and_robots_and_events_are_known() {
        let columns = ViewColumns::of_head(HEAD.as_bytes()).expect("columns");
        let read = |line: &'static str| columns.read(line.as_bytes()).expect("a line").expect("a request");
        let view =
            read("/articles/7/,\"첫눈, 솔재면\",false,,Chrome,Android,s1,0,,,360x800,KR-48,true,2026-11-29T01:00:00Z");
        assert_eq!(
            (&*view.target, &*view.client, view.time),
            (b"/articles/7/".as_slice(), b"s1".as_slice(), 1_795_914_000)
        );
        assert!(!view.is_robot);
        let robot = read("/articles/7/,a,false,,,,s2,150,,,,,true,2026-11-29T01:00:00Z");
        assert!(robot.is_robot);
        let event = read("click-mail,a,true,,,,s1,0,,,,,false,2026-11-29T01:00:00Z");
        assert_eq!(*event.target, *b"");
        assert_eq!(columns.read(HEAD.as_bytes()), Ok(None));
        assert_eq!(
            columns.read(b"/articles/7/,a"),
            Err("it has fewer columns than its head")
        );
    }
}
