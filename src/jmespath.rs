//! JMESPath (<https://jmespath.org>), the language of a mapping's expressions.
//!
//! The crate of that name costs a reader twice as many bytes, and computes with floating-point numbers only. It is the
//! measure in the tests: both find the same. docs/decisions/0024-expressions.md says why.

mod evaluate;
mod functions;
mod parse;

use crate::json::Rcvar;

/// A compiled expression.
pub struct Expression(parse::Part);

impl Expression {
    /// Compiles an expression. The error says what is wrong with it, and where.
    pub fn compile(text: &str) -> Result<Self, String> {
        parse::parse(text).map(Expression)
    }

    /// The value that the expression finds in `data`. The error says which function can't work with what it was given.
    pub fn search(&self, data: &Rcvar) -> Result<Rcvar, String> {
        evaluate::evaluate(&self.0, data)
    }
}
