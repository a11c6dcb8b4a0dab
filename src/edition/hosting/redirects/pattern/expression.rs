//! The left side of a rule as regular expressions, for the configurations of hosts.

use super::{ParameterValue, Pattern};

/// The regular expression for `{name}`: letters, digits, `-`, `_`, dots between them, and encoded bytes of other
/// scripts. It matches nothing that ends a part of an address, leads out of a folder, or has a meaning in a header.
const VALUE: &str = "(?:[0-9A-Za-z_-]|%[89A-Fa-f][0-9A-Fa-f])(?:[.]?(?:[0-9A-Za-z_-]|%[89A-Fa-f][0-9A-Fa-f]))*";

/// A regular expression for addresses from the host's root.
pub struct AddressExpression {
    /// The expression, in the syntax that nginx, Caddy and JavaScript share.
    pub text: String,
    /// The names of its groups, in order.
    pub names: Vec<String>,
}

impl Pattern {
    /// One regular expression for each order of the parameters, in the syntax that nginx, Caddy and JavaScript share.
    /// It has no backslashes and no braces, so nothing in it has to be escaped in a configuration.
    pub fn expressions(&self) -> Vec<AddressExpression> {
        let mut path = String::from("^");
        let mut path_names = Vec::new();
        for segment in &self.path {
            path.push('/');
            path.push_str(&escaped(&segment.before));
            if let Some(name) = &segment.name {
                path.push_str(&format!("({VALUE})"));
                path_names.push(name.clone());
            }
            path.push_str(&escaped(&segment.after));
        }
        if let Some(name) = &self.rest {
            path.push_str(&format!("/({VALUE}(?:/{VALUE})*/?)"));
            path_names.push(name.clone());
        }
        if self.query.is_empty() {
            let text = format!("{path}(?:[?]|$)");
            return vec![AddressExpression {
                text,
                names: path_names,
            }];
        }
        orders(self.query.len())
            .into_iter()
            .map(|order| {
                let mut text = format!("{path}[?]");
                let mut names = path_names.clone();
                for (position, index) in order.iter().enumerate() {
                    let (name, value) = &self.query[*index];
                    let mark = if position == 0 { "" } else { "&" };
                    text.push_str(&format!("{mark}(?:[^&]*&)*?{}=", escaped(name)));
                    match value {
                        ParameterValue::Literal(literal) => text.push_str(&escaped(literal)),
                        ParameterValue::Named(name) => {
                            text.push_str(&format!("({VALUE})"));
                            names.push(name.clone());
                        }
                    }
                }
                text.push_str("(?:&|$)");
                AddressExpression { text, names }
            })
            .collect()
    }
}

impl AddressExpression {
    /// The number of the group with this name, from 1.
    pub fn number(&self, name: &str) -> usize {
        // A target has only names from its rule's left side.
        self.names
            .iter()
            .position(|known| known == name)
            .map_or(0, |index| index + 1)
    }
}

/// A regular expression for literal text. A class of one character means the same in all hosts; a backslash does not.
pub fn escaped(text: &str) -> String {
    let mut expression = String::with_capacity(text.len());
    let mut digits = 0;
    for sign in text.chars() {
        match sign {
            '%' => {
                digits = 3;
                expression.push('%');
            }
            'A'..='F' if digits > 0 => expression.push_str(&format!("[{sign}{}]", sign.to_ascii_lowercase())),
            '0'..='9'
            | 'a'..='z'
            | 'A'..='Z'
            | '/'
            | '-'
            | '_'
            | '~'
            | '!'
            | '&'
            | '\''
            | ','
            | ';'
            | '='
            | ':'
            | '@' => {
                expression.push(sign);
            }
            _ => expression.push_str(&format!("[{sign}]")),
        }
        digits = u8::max(digits, 1) - 1;
    }
    expression
}

/// Every order of `count` things, as indexes.
fn orders(count: usize) -> Vec<Vec<usize>> {
    let mut orders = vec![Vec::new()];
    for _ in 0..count {
        orders = orders
            .into_iter()
            .flat_map(|order: Vec<usize>| {
                let free = (0..count).filter(|index| !order.contains(index)).collect::<Vec<_>>();
                free.into_iter().map(move |index| [order.as_slice(), &[index]].concat())
            })
            .collect();
    }
    orders
}
