//! Parses expressions: a scanner for the signs and words of the language, and a parser by binding powers (Pratt), as the
//! grammar at <https://jmespath.org/specification.html> has them.

use super::functions::Function;
use crate::json::{Rcvar, Variable};

/// An expression with more parts than this is refused: it would need too much of the stack when it is evaluated.
const MOST_PARTS: usize = 1_000;
/// Expressions within each other, such as parentheses, are refused beyond this depth.
const GREATEST_DEPTH: usize = 100;

/// A parsed expression, or a part of one.
#[derive(Debug)]
pub enum Part {
    /// `@`
    Current,
    /// `name`
    Field(String),
    /// `[0]`, or `[-1]` from the end.
    Index(i64),
    /// `[start:stop:step]`
    Slice(Option<i64>, Option<i64>, i64),
    /// A text in `'`, or JSON in backticks.
    Literal(Rcvar),
    /// `a.b` and `a | b`: the second is evaluated on the value of the first.
    Then(Box<Part>, Box<Part>),
    /// The second is evaluated on each item of the first, and what is not null is collected.
    Projection(Box<Part>, Box<Part>),
    /// `a.*`: the values of an object's members.
    Values(Box<Part>),
    /// `a[]`: lists within a list become one.
    Flatten(Box<Part>),
    /// The second, if the first is true for the item of a filter.
    If(Box<Part>, Box<Part>),
    Or(Box<Part>, Box<Part>),
    And(Box<Part>, Box<Part>),
    Not(Box<Part>),
    Comparison(Comparator, Box<Part>, Box<Part>),
    /// `[a, b]`
    List(Vec<Part>),
    /// `{name: a}`
    Object(Vec<(String, Part)>),
    /// `function(a, b)`
    Call(Function, Vec<Part>),
    /// `&a`, an argument that the function evaluates itself.
    Expression(Box<Part>),
}

/// How two values are compared. All but `Equal` and `NotEqual` are for numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Comparator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

#[derive(Clone, Debug)]
enum Token {
    Name(String),
    Quoted(String),
    Number(i64),
    Literal(Rcvar),
    Sign(Sign),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Sign {
    Pipe,
    Or,
    And,
    Comparator(Comparator),
    Flatten,
    Star,
    Filter,
    Dot,
    Not,
    OpenBrace,
    OpenBracket,
    OpenParenthesis,
    CloseBrace,
    CloseBracket,
    CloseParenthesis,
    Comma,
    Colon,
    Current,
    Expression,
    End,
}

impl Sign {
    /// How strongly the sign binds what stands before it; 0 if nothing can stand before it.
    fn power(self) -> u8 {
        match self {
            Sign::Pipe => 1,
            Sign::Or => 2,
            Sign::And => 3,
            Sign::Comparator(_) => 5,
            Sign::Flatten => 9,
            Sign::Star => 20,
            Sign::Filter => 21,
            Sign::Dot => 40,
            Sign::Not => 45,
            Sign::OpenBrace => 50,
            Sign::OpenBracket => 55,
            _ => 0,
        }
    }
}

/// A sign that binds less than this ends a projection: what follows is evaluated on the whole list.
const PROJECTION_END: u8 = 10;

/// Parses an expression. The error says what is wrong with it, and where.
pub fn parse(text: &str) -> Result<Part, String> {
    let mut parser = Parser {
        text,
        place: 0,
        start: 0,
        token: Token::Sign(Sign::End),
        parts: 0,
        depth: 0,
    };
    parser.advance()?;
    let expression = parser.expression(0)?;
    match parser.sign() {
        Some(Sign::End) => Ok(expression),
        _ => parser.unexpected("the end"),
    }
}

struct Parser<'a> {
    text: &'a str,
    /// Where the scanner is: behind `token`.
    place: usize,
    /// Where `token` begins.
    start: usize,
    /// The next token.
    token: Token,
    /// How many parts there are so far.
    parts: usize,
    depth: usize,
}

type Parsed = Result<Part, String>;

impl Parser<'_> {
    fn sign(&self) -> Option<Sign> {
        match self.token {
            Token::Sign(sign) => Some(sign),
            _ => None,
        }
    }

    fn power(&self) -> u8 {
        self.sign().map_or(0, Sign::power)
    }

    /// An error at the next token.
    fn unexpected<T>(&self, expected: &str) -> Result<T, String> {
        let found = match self.text[self.start..self.place].trim() {
            "" => "the end".to_owned(),
            found => format!("`{found}`"),
        };
        self.error(&format!("expected {expected}, found {found}"))
    }

    fn error<T>(&self, problem: &str) -> Result<T, String> {
        let column = self.text[..self.start].chars().count() + 1;
        Err(format!("{problem} at column {column}"))
    }

    fn expect(&mut self, sign: Sign, name: &str) -> Result<(), String> {
        if self.sign() != Some(sign) {
            return self.unexpected(name);
        }
        self.advance()
    }

    /// Whether the next token is this sign, which is then left behind.
    fn passes(&mut self, sign: Sign) -> Result<bool, String> {
        let is_there = self.sign() == Some(sign);
        if is_there {
            self.advance()?;
        }
        Ok(is_there)
    }

    fn expression(&mut self, power: u8) -> Parsed {
        self.depth += 1;
        if self.depth > GREATEST_DEPTH {
            return self.error("too many expressions within each other");
        }
        let mut left = self.first()?;
        while power < self.power() {
            left = self.following(left)?;
        }
        self.depth -= 1;
        Ok(left)
    }

    /// Notes one more part.
    fn count(&mut self) -> Result<(), String> {
        self.parts += 1;
        if self.parts > MOST_PARTS {
            return self.error("the expression is too long");
        }
        Ok(())
    }

    /// A part with nothing before it.
    fn first(&mut self) -> Parsed {
        self.count()?;
        let token = std::mem::replace(&mut self.token, Token::Sign(Sign::End));
        let sign = match token {
            Token::Name(name) => {
                let place = self.start;
                self.advance()?;
                return if self.passes(Sign::OpenParenthesis)? {
                    let Some(function) = Function::named(&name) else {
                        self.start = place;
                        return self.error(&format!("there is no function `{name}`"));
                    };
                    let arguments = self.list(Sign::CloseParenthesis)?;
                    match function.refuses(&arguments) {
                        Some(problem) => {
                            self.start = place;
                            self.error(&problem)
                        }
                        None => Ok(Part::Call(function, arguments)),
                    }
                } else {
                    Ok(Part::Field(name))
                };
            }
            Token::Quoted(name) => {
                self.advance()?;
                return if self.sign() == Some(Sign::OpenParenthesis) {
                    self.error("a function's name has no quotation marks")
                } else {
                    Ok(Part::Field(name))
                };
            }
            Token::Literal(value) => {
                self.advance()?;
                return Ok(Part::Literal(value));
            }
            Token::Number(_) => return self.unexpected("a name, or a number in backticks"),
            Token::Sign(sign) => sign,
        };
        let can_begin = matches!(
            sign,
            Sign::Current
                | Sign::Star
                | Sign::OpenBracket
                | Sign::Flatten
                | Sign::Filter
                | Sign::OpenBrace
                | Sign::Not
                | Sign::OpenParenthesis
        );
        if !can_begin {
            self.token = Token::Sign(sign);
            return self.unexpected("a name or a value");
        }
        self.advance()?;
        match sign {
            Sign::Star => self.values(Part::Current),
            Sign::Flatten => self.flattened(Part::Current),
            Sign::Filter => self.filtered(Part::Current),
            Sign::OpenBrace => self.object(),
            Sign::Not => Ok(Part::Not(Box::new(self.expression(Sign::Not.power())?))),
            Sign::OpenParenthesis => {
                let inner = self.expression(0)?;
                self.expect(Sign::CloseParenthesis, "`)`")?;
                Ok(inner)
            }
            Sign::OpenBracket => match self.token {
                Token::Number(_) | Token::Sign(Sign::Colon) => self.index(),
                Token::Sign(Sign::Star) if self.text[self.place..].trim_start().starts_with(']') => {
                    self.advance()?;
                    self.all_items(Part::Current)
                }
                _ => Ok(Part::List(self.list(Sign::CloseBracket)?)),
            },
            _ => Ok(Part::Current),
        }
    }

    /// The next sign with what stands behind it. `left` is what stands before it.
    fn following(&mut self, left: Part) -> Parsed {
        self.count()?;
        let Some(sign) = self.sign() else {
            return Ok(left);
        };
        self.advance()?;
        match sign {
            Sign::Dot if self.sign() == Some(Sign::Star) => {
                self.advance()?;
                self.values(left)
            }
            Sign::Dot => Ok(Part::Then(Box::new(left), Box::new(self.after_dot(sign.power())?))),
            Sign::OpenBracket => match self.token {
                Token::Number(_) | Token::Sign(Sign::Colon) => Ok(Part::Then(Box::new(left), Box::new(self.index()?))),
                Token::Sign(Sign::Star) => {
                    self.advance()?;
                    self.all_items(left)
                }
                _ => self.unexpected("a number, `:` or `*`"),
            },
            Sign::Flatten => self.flattened(left),
            Sign::Filter => self.filtered(left),
            Sign::Pipe | Sign::Or | Sign::And | Sign::Comparator(_) => {
                let right = Box::new(self.expression(sign.power())?);
                let left = Box::new(left);
                Ok(match sign {
                    Sign::Or => Part::Or(left, right),
                    Sign::And => Part::And(left, right),
                    Sign::Comparator(comparator) => Part::Comparison(comparator, left, right),
                    _ => Part::Then(left, right),
                })
            }
            _ => {
                self.token = Token::Sign(sign);
                self.unexpected("an operator")
            }
        }
    }

    /// What stands behind a dot.
    fn after_dot(&mut self, power: u8) -> Parsed {
        match self.token {
            Token::Sign(Sign::OpenBracket) => {
                self.advance()?;
                Ok(Part::List(self.list(Sign::CloseBracket)?))
            }
            Token::Name(_) | Token::Quoted(_) | Token::Sign(Sign::Star | Sign::OpenBrace) => self.expression(power),
            _ => self.unexpected("a name, `*`, `{` or `[`"),
        }
    }

    /// What is evaluated on each item of a projection.
    fn projected(&mut self, power: u8) -> Result<Box<Part>, String> {
        Ok(Box::new(match self.sign() {
            Some(Sign::Dot) => {
                self.advance()?;
                self.after_dot(power)?
            }
            Some(Sign::OpenBracket | Sign::Filter) => self.expression(power)?,
            _ if self.power() < PROJECTION_END => Part::Current,
            _ => return self.unexpected("`.` or `[`"),
        }))
    }

    fn values(&mut self, of: Part) -> Parsed {
        let each = self.projected(Sign::Star.power())?;
        Ok(Part::Projection(Box::new(Part::Values(Box::new(of))), each))
    }

    /// Behind `[*`.
    fn all_items(&mut self, of: Part) -> Parsed {
        self.expect(Sign::CloseBracket, "`]`")?;
        let each = self.projected(Sign::Star.power())?;
        Ok(Part::Projection(Box::new(of), each))
    }

    fn flattened(&mut self, of: Part) -> Parsed {
        let each = self.projected(Sign::Flatten.power())?;
        Ok(Part::Projection(Box::new(Part::Flatten(Box::new(of))), each))
    }

    fn filtered(&mut self, of: Part) -> Parsed {
        let condition = self.expression(0)?;
        self.expect(Sign::CloseBracket, "`]`")?;
        let each = self.projected(Sign::Filter.power())?;
        Ok(Part::Projection(
            Box::new(of),
            Box::new(Part::If(Box::new(condition), each)),
        ))
    }

    /// Behind `[` with a number or a colon: an index or a slice.
    fn index(&mut self) -> Parsed {
        let mut bounds = [None; 3];
        let mut colons = 0;
        while !self.passes(Sign::CloseBracket)? {
            match self.token {
                Token::Number(number) if bounds[colons].is_none() => bounds[colons] = Some(number),
                Token::Sign(Sign::Colon) if colons < 2 => colons += 1,
                _ => return self.unexpected("a number, `:` or `]`"),
            }
            self.advance()?;
        }
        match (colons, bounds) {
            (0, [Some(index), ..]) => Ok(Part::Index(index)),
            (_, [.., Some(0)]) => self.error("the step of a slice can't be 0"),
            (_, [start, stop, step]) => {
                let slice = Part::Slice(start, stop, step.unwrap_or(1));
                Ok(Part::Projection(Box::new(slice), self.projected(Sign::Star.power())?))
            }
        }
    }

    /// Expressions with commas between them, up to the closing sign.
    fn list(&mut self, closing: Sign) -> Result<Vec<Part>, String> {
        let mut parts = Vec::new();
        if self.passes(closing)? {
            return Ok(parts);
        }
        loop {
            // Only the argument of a function can be an expression that the function evaluates.
            let is_expression = closing == Sign::CloseParenthesis && self.passes(Sign::Expression)?;
            let part = self.expression(0)?;
            parts.push(if is_expression {
                Part::Expression(Box::new(part))
            } else {
                part
            });
            if self.passes(closing)? {
                return Ok(parts);
            }
            self.expect(Sign::Comma, "`,` or the end of the list")?;
        }
    }

    /// Behind `{`.
    fn object(&mut self) -> Parsed {
        let mut members = Vec::new();
        loop {
            let (Token::Name(name) | Token::Quoted(name)) = &self.token else {
                return self.unexpected("a name");
            };
            let name = name.clone();
            self.advance()?;
            self.expect(Sign::Colon, "`:`")?;
            members.push((name, self.expression(0)?));
            if self.passes(Sign::CloseBrace)? {
                return Ok(Part::Object(members));
            }
            self.expect(Sign::Comma, "`,` or `}`")?;
        }
    }

    /// Reads the next token.
    fn advance(&mut self) -> Result<(), String> {
        let rest = self.text[self.place..].trim_start_matches([' ', '\t', '\r', '\n']);
        self.start = self.text.len() - rest.len();
        let bytes = rest.as_bytes();
        let next = bytes.get(1).copied().unwrap_or_default();
        let Some(first) = bytes.first().copied() else {
            self.place = self.text.len();
            self.token = Token::Sign(Sign::End);
            return Ok(());
        };
        let length_while = |holds: fn(&u8) -> bool| rest.bytes().take_while(holds).count();
        let (token, length) = match first {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
                let length = length_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
                (Token::Name(rest[..length].to_owned()), length)
            }
            b'0'..=b'9' | b'-' => {
                let length = 1 + bytes[1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                match rest[..length].parse() {
                    Ok(number) => (Token::Number(number), length),
                    Err(_) => return self.error("expected a whole number"),
                }
            }
            b'"' | b'\'' | b'`' => {
                let Some(length) = closed(bytes, first) else {
                    return self.error(&format!("there is no second {}", first as char));
                };
                let inner = &rest[1..length - 1];
                let token = match first {
                    b'\'' => Token::Literal(Rcvar::new(Variable::String(inner.replace("\\'", "'")))),
                    b'`' => match Variable::from_json(&inner.replace("\\`", "`")) {
                        Ok(value) => Token::Literal(Rcvar::new(value)),
                        Err(error) => return self.error(&format!("`{inner}` is not JSON ({error})")),
                    },
                    _ => match Variable::from_json(&rest[..length]) {
                        Ok(Variable::String(name)) => Token::Quoted(name),
                        _ => return self.error(&format!("\"{inner}\" is no text of JSON")),
                    },
                };
                (token, length)
            }
            _ => {
                let (sign, length) = match (first, next) {
                    (b'|', b'|') => (Sign::Or, 2),
                    (b'&', b'&') => (Sign::And, 2),
                    (b'=', b'=') => (Sign::Comparator(Comparator::Equal), 2),
                    (b'!', b'=') => (Sign::Comparator(Comparator::NotEqual), 2),
                    (b'<', b'=') => (Sign::Comparator(Comparator::LessOrEqual), 2),
                    (b'>', b'=') => (Sign::Comparator(Comparator::GreaterOrEqual), 2),
                    (b'[', b']') => (Sign::Flatten, 2),
                    (b'[', b'?') => (Sign::Filter, 2),
                    (b'|', _) => (Sign::Pipe, 1),
                    (b'&', _) => (Sign::Expression, 1),
                    (b'!', _) => (Sign::Not, 1),
                    (b'<', _) => (Sign::Comparator(Comparator::Less), 1),
                    (b'>', _) => (Sign::Comparator(Comparator::Greater), 1),
                    (b'[', _) => (Sign::OpenBracket, 1),
                    (b']', _) => (Sign::CloseBracket, 1),
                    (b'{', _) => (Sign::OpenBrace, 1),
                    (b'}', _) => (Sign::CloseBrace, 1),
                    (b'(', _) => (Sign::OpenParenthesis, 1),
                    (b')', _) => (Sign::CloseParenthesis, 1),
                    (b'.', _) => (Sign::Dot, 1),
                    (b'*', _) => (Sign::Star, 1),
                    (b',', _) => (Sign::Comma, 1),
                    (b':', _) => (Sign::Colon, 1),
                    (b'@', _) => (Sign::Current, 1),
                    (b'=', _) => return self.error("a single `=` means nothing; write `==`"),
                    _ => {
                        let character = rest.chars().next().unwrap_or_default();
                        return self.error(&format!("`{character}` means nothing here"));
                    }
                };
                (Token::Sign(sign), length)
            }
        };
        self.place = self.start + length;
        self.token = token;
        Ok(())
    }
}

/// The length of a text with its quotation marks; `None` if the second one is missing. A backslash takes the next
/// character with it.
fn closed(bytes: &[u8], mark: u8) -> Option<usize> {
    let mut place = 1;
    while let Some(byte) = bytes.get(place) {
        match *byte {
            b'\\' => place += 2,
            byte if byte == mark => return Some(place + 1),
            _ => place += 1,
        }
    }
    None
}
