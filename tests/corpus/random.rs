//! HTML as nobody writes it, the same in every run: tags, halves of tags and text thrown together. Both parsers have to
//! make the same of it.

/// How many inputs there are.
pub const INPUTS: usize = 3000;

/// The parts that inputs are made of.
#[derive(serde::Deserialize)]
pub struct Parts {
    /// Names of elements that the parsers and the walk treat in their own ways, and of some that they do not know.
    pub names: Vec<String>,
    attributes: Vec<String>,
    texts: Vec<String>,
}

/// The parts, which `tests/e2e/bodies.ts` reads, too.
pub fn parts() -> Parts {
    serde_json::from_str(include_str!("random.json")).expect("lists of texts")
}

/// The inputs.
pub fn inputs() -> Vec<String> {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let parts = parts();
    (0..INPUTS).map(|_| input(&mut random, &parts)).collect()
}

fn input(random: &mut Random, parts: &Parts) -> String {
    let mut html = String::new();
    for _ in 0..random.below(30) + 3 {
        match random.below(10) {
            0..4 => {
                html.push('<');
                html.push_str(random.of(&parts.names));
                for _ in 0..random.below(3) {
                    html.push_str(random.of(&parts.attributes));
                }
                html.push('>');
            }
            4..6 => {
                html.push_str("</");
                html.push_str(random.of(&parts.names));
                html.push('>');
            }
            _ => html.push_str(random.of(&parts.texts)),
        }
    }
    html
}

/// Marsaglia's xorshift: the tests need the same numbers everywhere, not good ones.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % end
    }

    fn of<'a>(&mut self, choices: &'a [String]) -> &'a str {
        &choices[self.below(choices.len())]
    }
}

/// FNV-1a of a tree as it is written down, in hexadecimal.
pub fn fingerprint(tree: &str) -> String {
    let hash = tree.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}
