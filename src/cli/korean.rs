//! Errors of the rest of the program in Korean. They are made in English, because the browser program has no room for two
//! languages of them.

/// An error in Korean; `None` if it is not known. What it quotes stays as it is.
pub fn korean(error: &str) -> Option<String> {
    // A file, an address or a field may stand before an error.
    let ends = error.match_indices(": ").map(|(start, colon)| start + colon.len());
    [0].into_iter().chain(ends).find_map(|start| {
        let (place, error) = error.split_at(start);
        let mut known = MESSAGES.iter();
        let said = known.find_map(|(english, korean)| Some(filled(korean, &holes(english, error)?)));
        Some(place.to_owned() + &said?)
    })
}

/// An error in Korean, or as it is.
pub fn korean_or_same(error: &str) -> String {
    korean(error).unwrap_or_else(|| error.to_owned())
}

/// What stands in the places of `{}`; `None` if this is another message.
fn holes<'a>(message: &str, error: &'a str) -> Option<Vec<&'a str>> {
    let mut parts = message.split("{}");
    let mut rest = error.strip_prefix(parts.next()?)?;
    let mut found = Vec::new();
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        let is_last = parts.peek().is_none();
        let end = if is_last {
            rest.strip_suffix(part)?.len()
        } else {
            rest.find(part)?
        };
        found.push(&rest[..end]);
        rest = &rest[end + part.len()..];
    }
    (rest.is_empty() && found.iter().all(|found| !found.is_empty())).then_some(found)
}

/// A Korean message with its holes filled: `{}` by what is quoted, `{!}` by its translation.
fn filled(message: &str, holes: &[&str]) -> String {
    let mut text = String::new();
    let mut rest = message;
    for hole in holes {
        let quoted = rest.find("{}").unwrap_or(rest.len());
        let translated = rest.find("{!}").unwrap_or(rest.len());
        text.push_str(&rest[..quoted.min(translated)]);
        if translated < quoted {
            text.push_str(&korean_or_same(hole));
            rest = &rest[translated + "{!}".len()..];
        } else {
            text.push_str(hole);
            rest = rest.get(quoted + "{}".len()..).unwrap_or_default();
        }
    }
    text + rest
}

/// Errors in English and in Korean. What is quoted stands in the same order in both; `{!}` is translated itself. The first
/// one that fits is used.
const MESSAGES: &[(&str, &str)] = &[
    // Documents in JSON.
    ("line {}, column {}, at {}: {}", "{}행 {}열 {}: {!}"),
    ("line {}, column {}, {}", "{}행 {}열: {!}"),
    ("at {}: {}", "{}: {!}"),
    ("not JSON: {}", "JSON이 아닙니다. {!}"),
    (
        "there is no field `{}` here; the known fields are {}",
        "여기에는 `{}` 필드가 없습니다. 쓸 수 있는 필드는 {}입니다",
    ),
    ("the field `{}` is missing", "`{}` 필드가 없습니다"),
    (
        "`{}` is no IANA time zone; write one such as `Asia/Seoul`",
        "`{}` 값은 IANA 시간대가 아닙니다. `Asia/Seoul`처럼 적으세요",
    ),
    (
        "expected the address of a picture, relative to this file or absolute",
        "이 파일에서 본 상대 주소나 절대 주소로 사진 주소를 적어야 합니다",
    ),
    (
        "expected an object with the changes to the preset's mapping",
        "프리셋의 매핑에서 바꿀 것을 담은 객체여야 합니다",
    ),
    // Expressions.
    ("`{}` is not JMESPath: {}", "`{}` 표현식이 JMESPath가 아닙니다. {!}"),
    (
        "EOF: it ends before it is complete at line {} column {}",
        "{}행 {}열에서 중간에 끊겼습니다",
    ),
    ("EOF: it ends before it is complete", "중간에 끊겼습니다"),
    ("HTML instead of JSON: `{}`; {}", "JSON 대신 HTML이 왔습니다: `{}`. {!}"),
    (
        "{} at line {} column {}, begins with `{}`",
        "{!}({}행 {}열). 응답의 첫머리: `{}`",
    ),
    ("{} at line {} column {}", "{!}({}행 {}열)"),
    ("{} at column {}", "{!}({}번째 글자)"),
    ("there is no function `{}`", "`{}` 함수는 없습니다"),
    (
        "`{}` takes {} or more arguments, found {}",
        "`{}` 함수에는 인수가 {}개 이상 있어야 하는데 {}개 있습니다",
    ),
    (
        "`{}` takes {} arguments, found {}",
        "`{}` 함수에는 인수가 {}개 있어야 하는데 {}개 있습니다",
    ),
    (
        "argument {} of `{}` has to be {}, found {}",
        "{}번째 인수(`{}` 함수)로 필요한 것은 {!}인데, 있는 것은 {!}입니다",
    ),
    (
        "argument {} of `{}` has to be {}",
        "{}번째 인수(`{}` 함수)로 필요한 것은 {!}입니다",
    ),
    (
        "the expression of `{}` has to find {}, found {}",
        "`{}` 함수의 표현식이 찾아야 할 것은 {!}인데, 찾은 것은 {!}입니다",
    ),
    (
        "too many expressions within each other",
        "표현식 안에 표현식이 너무 깊이 들어 있습니다",
    ),
    ("the expression is too long", "표현식이 너무 깁니다"),
    (
        "a function's name has no quotation marks",
        "함수 이름에는 따옴표를 쓰지 않습니다",
    ),
    ("the step of a slice can't be 0", "잘라 낼 간격이 0일 수는 없습니다"),
    ("there is no second {}", "짝이 되는 둘째 {} 기호가 없습니다"),
    ("`{}` is not JSON ({})", "`{}` 값이 JSON이 아닙니다({!})"),
    ("\"{}\" is no text of JSON", "\"{}\" 값이 JSON의 문자열이 아닙니다"),
    (
        "a single `=` means nothing; write `==`",
        "`=` 하나는 뜻이 없습니다. `==`로 적으세요",
    ),
    ("`{}` means nothing here", "여기에서 `{}` 글자는 뜻이 없습니다"),
    ("expected a whole number", "정수여야 합니다"),
    // Values.
    (
        "expected the name of an author, found {}, which looks like an id",
        "작성자 이름이 있어야 하는데, {!} 값은 번호로 보입니다",
    ),
    (
        "expected a date with its year, such as {}; found {}",
        "연도가 있는 날짜여야 하는데(예: {!}), 있는 것은 {!}입니다",
    ),
    (
        "2026-03-02T18:00:00+09:00 (ISO 8601), 2026.03.02. 18:00, or a Unix time from 1990 to two years ahead",
        "2026-03-02T18:00:00+09:00, 2026.03.02. 18:00, 1990년부터 2년 뒤까지의 유닉스 시각",
    ),
    ("url of an author", "작성자의 주소"),
    ("image of an author", "작성자의 사진"),
    (
        "expected an array, found {}; the answer is {}",
        "필요한 것은 배열인데, 있는 것은 {!}입니다. 응답은 {!}입니다",
    ),
    (
        "expected nothing after the value, found {}",
        "값이 끝난 뒤에 {} 글자가 더 있습니다",
    ),
    (
        "expected no control character within a text, found {}",
        "문자열 안에 제어 문자가 있습니다",
    ),
    (
        "too many values within each other, found {}",
        "값 안에 값이 너무 깊이 들어 있습니다",
    ),
    (
        "expected JSON, found {}: {}",
        "필요한 것은 JSON인데, 있는 것은 {!}입니다. {!}",
    ),
    ("expected {}, found {}", "필요한 것은 {!}인데, 있는 것은 {!}입니다"),
    (
        "the mapping has no expression for this field",
        "매핑에 이 필드의 표현식이 없습니다",
    ),
    (
        "the expression found nothing; the data is {}",
        "표현식이 아무것도 찾지 못했습니다. 데이터는 {!}입니다",
    ),
    ("nothing", "빈 값"),
    ("an object with no members", "빈 객체"),
    ("an object with {}", "{} 필드가 있는 객체"),
    ("an array of numbers or of texts", "숫자나 문자열의 배열"),
    ("an array of numbers", "숫자의 배열"),
    ("an array of texts", "문자열의 배열"),
    ("an array of {}", "항목 {}개의 배열"),
    ("string \"{}", "문자열 \"{}"),
    ("number {}", "숫자 {}"),
    ("boolean {}", "{}"),
    ("an object", "객체"),
    ("an array", "배열"),
    ("text", "문자열"),
    ("a number", "숫자"),
    ("true or false", "true 또는 false"),
    ("text or a number", "문자열 또는 숫자"),
    ("text or an array", "문자열 또는 배열"),
    ("text, an array or an object", "문자열, 배열 또는 객체"),
    ("a whole number from {} to {}", "{}부터 {}까지의 정수"),
    ("one of {}", "다음 가운데 하나({})"),
    ("a web address", "웹 주소"),
    ("blocks as JSON", "JSON으로 된 블록"),
    ("an expression that begins with `&`", "`&` 기호로 시작하는 표현식"),
    ("no `&`", "`&` 기호가 없는 것"),
    ("the name of a host such as `{}`", "`{}` 같은 호스트 이름"),
    ("a language such as `en` or `zh-Hant`", "`en`이나 `zh-Hant` 같은 언어"),
    ("an absolute address such as `{}`", "`{}` 같은 절대 주소"),
    ("value", "값"),
    ("the name of a member in quotation marks", "따옴표로 묶은 이름"),
    ("an escape such as `\\n`", "`\\n` 같은 표기"),
    ("four hexadecimal digits", "16진수 숫자 네 개"),
    ("both halves of a character", "한 글자의 두 반쪽"),
    ("a digit", "숫자 한 개"),
    ("a smaller number", "더 작은 숫자"),
    ("the end", "끝"),
    ("a name, or a number in backticks", "이름이나 백틱으로 묶은 숫자"),
    ("a name or a value", "이름이나 값"),
    ("a number, `:` or `*`", "숫자, `:` 또는 `*`"),
    ("an operator", "연산자"),
    ("a name, `*`, `{` or `[`", "이름, `*`, `{` 또는 `[`"),
    ("a number, `:` or `]`", "숫자, `:` 또는 `]`"),
    ("`,` or the end of the list", "`,` 또는 목록의 끝"),
    ("`,` or `]`", "`,` 또는 `]`"),
    ("`,` or `}`", "`,` 또는 `}`"),
    ("`.` or `[`", "`.` 또는 `[`"),
    ("a name", "이름"),
    // Answers.
    ("the body is empty", "응답이 비어 있습니다"),
    (
        "redirected to {}; let everybody read the API without logging in",
        "{} 주소로 넘어갑니다. 로그인하지 않아도 누구나 API를 읽을 수 있게 하세요",
    ),
    (
        "check the backend's address, and let everybody read its API",
        "백엔드 주소를 확인하고, 누구나 API를 읽을 수 있게 하세요",
    ),
    ("{} stands after the JSON", "JSON 뒤에 {} 글이 있습니다"),
    (
        "{} stands before the JSON; a notice of the server or of a plugin?",
        "JSON 앞에 {} 글이 있습니다. 서버나 플러그인의 알림일 수 있습니다",
    ),
    (
        "line ends or half characters in its texts are not JSON",
        "문자열 안에 있는 줄바꿈이나 반쪽짜리 글자는 JSON이 아닙니다",
    ),
    (
        "the address has a variable `{}`, which has no value for this resource",
        "주소에 변수 `{}` 항목이 있는데, 이 요청에는 그 값이 없습니다",
    ),
    ("not a web address: {}", "웹 주소가 아닙니다: {}"),
    (
        "the next page is on another server than the backend: {}",
        "다음 쪽이 백엔드와 다른 서버에 있습니다: {}",
    ),
    (
        "the backend gives at most {} articles, {} were requested; set `pageSize` to {}",
        "백엔드는 한 번에 기사를 {}건까지 주는데 {}건을 요청했습니다. `pageSize` 설정을 {} 값으로 바꾸세요",
    ),
    (
        "page {} is page 1 again; does the mapping's `url` name the page as the backend wants it?",
        "{}쪽에 1쪽이 다시 나옵니다. 매핑의 `url`이 백엔드가 원하는 대로 쪽을 나타내는지 확인하세요",
    ),
    (
        "the bodies in this list have more than {} pieces",
        "이 목록의 본문에 있는 조각이 {}개를 넘습니다",
    ),
    (
        "there is no preset `{}`; the presets are {}",
        "`{}` 프리셋은 없습니다. 쓸 수 있는 프리셋은 {}입니다",
    ),
    ("the preset `{}` is not JSON: {}", "`{}` 프리셋이 JSON이 아닙니다. {!}"),
    ("no answer in time", "제시간에 응답이 오지 않았습니다"),
    ("no answer within {} s", "{}초 안에 응답이 오지 않았습니다"),
    ("the answer is longer than {} MiB", "응답이 {} MiB보다 깁니다"),
    (
        "the answer has too many values; request fewer articles a page",
        "응답에 값이 너무 많습니다. 한 쪽에 더 적은 기사를 요청하세요",
    ),
    (
        "the compressed answer can't be read: {}",
        "압축된 응답을 읽을 수 없습니다: {!}",
    ),
    ("too many redirects", "주소가 너무 여러 번 다른 곳으로 넘어갑니다"),
    (
        "a redirect to the private address {} was refused; if the backend is there, name this address as its `url`",
        "사설망 주소 {} 쪽으로 넘어가는 것을 막았습니다. 백엔드가 거기에 있다면 그 주소를 `url`에 적으세요",
    ),
    // Parts of answers that are left out.
    (
        "what is behind the first {} bytes of a body",
        "본문 앞부분 {}바이트 뒤에 있는 것",
    ),
    ("blocks nested deeper than {}", "{}겹보다 깊이 들어 있는 블록"),
    ("a block without a rule: {}", "규칙이 없는 블록: {!}"),
    ("a mark without a rule: {}", "규칙이 없는 글자 꾸밈: {!}"),
    ("it has no text", "글이 없습니다"),
    ("`{}` is no web address", "`{}` 값은 웹 주소가 아닙니다"),
    (
        "it has no end; write one, such as `2026-11-30T18:00:00+09:00`",
        "끝나는 때가 없습니다. `2026-11-30T18:00:00+09:00`처럼 적으세요",
    ),
    ("its end, {}, is over", "끝나는 때({})가 지났습니다"),
    (
        "its end, {}, is more than 7 days ahead",
        "끝나는 때({})가 7일보다 많이 남았습니다",
    ),
    (
        "`{}` is an address of another site",
        "`{}` 값은 다른 사이트의 주소입니다",
    ),
    (
        "the front names {} articles; the first {} are shown",
        "첫 화면에 기사가 {}건 지정되어 있습니다. 앞의 {}건만 보여 줍니다",
    ),
    (
        "the front names the article `{}`, which is not there",
        "첫 화면에 지정된 기사 `{}` 항목이 없습니다",
    ),
    (
        "the front names the article `{}` twice",
        "첫 화면에 기사 `{}` 항목이 두 번 지정되어 있습니다",
    ),
    (
        "none of the {} rows is about an article of this newspaper",
        "순위의 {}개 항목 가운데 이 신문의 기사가 없습니다",
    ),
    (
        "only the first {} of {} rows are read",
        "앞의 {}개 항목만 읽습니다(모두 {}개)",
    ),
    ("{}, and {} more rows like that", "{!}. 이런 항목이 {}개 더 있습니다"),
    ("the backend has no article `{}`", "백엔드에 기사 `{}` 항목이 없습니다"),
    (
        "{} rows are about articles that stand in the ranking already",
        "{}개 항목은 이미 순위에 있는 기사입니다",
    ),
    (
        "{} articles are picked; the first {} are looked at",
        "관련기사로 {}건을 골랐습니다. 앞의 {}건만 봅니다",
    ),
    (
        "`{}` is no address of an article of this newspaper",
        "`{}` 값은 이 신문의 기사 주소가 아닙니다",
    ),
    ("it is picked for itself", "자기 자신을 관련기사로 골랐습니다"),
    ("`{}` is picked twice", "`{}` 기사를 두 번 골랐습니다"),
    ("article `{}`: {}", "기사 `{}`: {!}"),
    // The system and the network.
    (
        "No such file or directory (os error {})",
        "파일이나 폴더가 없습니다(os error {})",
    ),
    ("Permission denied (os error {})", "읽을 권한이 없습니다(os error {})"),
    ("Is a directory (os error {})", "파일이 아니라 폴더입니다(os error {})"),
    ("stream did not contain valid UTF-8", "UTF-8로 된 글이 아닙니다"),
    ("Connection refused (os error {})", "연결이 거부되었습니다(os error {})"),
    (
        "Connection reset by peer (os error {})",
        "상대가 연결을 끊었습니다(os error {})",
    ),
    (
        "Network is unreachable (os error {})",
        "네트워크에 연결되어 있지 않습니다(os error {})",
    ),
    (
        "failed to lookup address information: {}",
        "호스트 이름을 찾을 수 없습니다({})",
    ),
    (
        "connection closed before message completed",
        "응답이 끝나기 전에 연결이 끊겼습니다",
    ),
    // What a command was told.
    (
        "{} is not the address of a web site; write one such as https://news.example",
        "{} 값은 웹사이트 주소가 아닙니다. https://news.example 같은 주소를 적으세요",
    ),
    ("`url` of the file: {}: {}", "파일의 `url`: {}: {!}"),
    (
        "relative URL without a base",
        "http://나 https://로 시작하는 주소가 아닙니다",
    ),
];

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    /// Where the errors are made that a check quotes.
    const SOURCES: [&str; 8] = [
        "src/json.rs",
        "src/json/parse.rs",
        "src/json/value.rs",
        "src/jmespath",
        "src/backend",
        "src/backend/fields",
        "src/backend/repository",
        "src/site.rs",
    ];

    /// Texts of these files that are no errors, or errors that no command shows by themselves.
    const OTHERS: [&str; 14] = [
        // `Display` of the errors, which a check says in its own words.
        "not found",
        "the backend's mapping has no resource `{}`",
        "{url}: no answer: {reason}",
        "{url}: no answer, or CORS does not allow this site to read it",
        "{url}: {why}status {status}",
        "not open to every reader (is the API closed, by a security plugin? is the key right?): ",
        "resource `{}`, field `{}`, expression `{}`: {}",
        "resource `{resource}`, left out `{part}`: {problem}",
        "left out {problem}",
        "left out an item: {problem}",
        "breaking news, left out `{part}`: {problem}",
        "all of it",
        "{error}, begins with `{beginning}`",
        "and {more} more rows like that",
    ];

    /// Whether two English words stand beside each other, outside of what is quoted.
    fn has_english(text: &str) -> bool {
        let unquoted: String = text.split(['`', '"']).step_by(2).collect();
        let words: Vec<&str> = unquoted.split(' ').collect();
        let is_word = |word: &str| word.len() > 1 && word.bytes().all(|letter| letter.is_ascii_lowercase());
        words.windows(2).any(|pair| pair.iter().all(|word| is_word(word)))
    }

    /// The texts in quotation marks of a source, up to its tests.
    fn texts(source: &str) -> Vec<String> {
        let source = source.split("mod tests").next().unwrap_or_default();
        let mut texts = Vec::new();
        for line in source.replace("\\\n", "\u{0}").lines() {
            let line = line.trim_start();
            if line.starts_with("//") || line.contains("expect(") || line.contains("#[") {
                continue;
            }
            let line = line.replace("'\"'", "").replace("\\\"", "\u{1}");
            let quoted = line.split('"').skip(1).step_by(2);
            texts.extend(quoted.map(|text| {
                let mut parts = text.split('\u{0}');
                let first = parts.next().unwrap_or_default().to_owned();
                let whole = parts.fold(first, |whole, part| whole + part.trim_start());
                whole.replace('\u{1}', "\"").replace("\\\\", "\\")
            }));
        }
        texts
    }

    /// A format with something in its holes.
    fn example(format: &str) -> String {
        let mut text = String::new();
        let mut rest = format;
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            match after.split_once('}') {
                Some((name, behind)) if name.bytes().all(|sign| sign.is_ascii_alphabetic() || sign == b'_') => {
                    text.push('7');
                    rest = behind;
                }
                _ => {
                    text.push('{');
                    rest = after;
                }
            }
        }
        text + rest
    }

    #[test]
    fn every_error_that_a_check_quotes_is_known_in_korean() {
        let mut found = 0;
        let mut unknown = Vec::new();
        let mut files = Vec::new();
        for source in SOURCES {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(source);
            if path.is_dir() {
                let entries = fs::read_dir(&path).expect("a folder of the source");
                files.extend(entries.map(|entry| entry.expect("a file of the source").path()));
            } else {
                files.push(path);
            }
        }
        let names = ["preset.rs", "page_data.rs", "offer.rs", "markdown.rs", "tests.rs"];
        files.retain(|path| path.is_file() && !names.iter().any(|name| path.ends_with(name)));
        for file in files {
            let source = fs::read_to_string(&file).expect("a source");
            for text in texts(&source) {
                let text = text.trim_start_matches(", ");
                if OTHERS.contains(&text) || !has_english(&text.replace(['{', '}'], "")) {
                    continue;
                }
                let text = example(text);
                // Some are said within others.
                let forms = [
                    text.clone(),
                    format!("{text}, found 7"),
                    format!("expected {text}, found 7"),
                ];
                let said = forms
                    .iter()
                    .find_map(|form| korean(form).filter(|said| !has_english(said)));
                if said.is_none() {
                    unknown.push(format!("{}: {text}", file.display()));
                }
                found += 1;
            }
        }
        assert_eq!(unknown, Vec::<String>::new());
        assert!(found > 60, "{found}");
    }

    #[test]
    fn what_is_quoted_stays_as_it_is() {
        for (english, said) in [
            (
                "public/site.json: line 3, column 5, at sections[0].slug: expected text, found number 7",
                "public/site.json: 3행 5열 sections[0].slug: 필요한 것은 문자열인데, 있는 것은 숫자 7입니다",
            ),
            (
                "expected one of text, value, found string \"text\"",
                "필요한 것은 다음 가운데 하나(text, value)인데, 있는 것은 문자열 \"text\"입니다",
            ),
            ("the field `text` is missing", "`text` 필드가 없습니다"),
            (
                "`a[` is not JMESPath: expected a number, `:` or `*`, found the end at column 3",
                "`a[` 표현식이 JMESPath가 아닙니다. 필요한 것은 숫자, `:` 또는 `*`인데, 있는 것은 끝입니다(3번째 글자)",
            ),
            (
                "expected `,` or `}`, found `x` at line 2 column 8, begins with `{\"a\": 1`",
                "필요한 것은 `,` 또는 `}`인데, 있는 것은 `x`입니다(2행 8열). 응답의 첫머리: `{\"a\": 1`",
            ),
        ] {
            assert_eq!(korean(english).as_deref(), Some(said));
        }
        assert_eq!(korean("nobody knows this"), None);
        assert_eq!(korean_or_same("nobody knows: this"), "nobody knows: this");
    }

    #[test]
    fn a_long_error_takes_no_longer_than_its_length_explains() {
        let long = "expected ".to_owned() + &"a: expected , found ".repeat(2000);
        let start = std::time::Instant::now();
        korean_or_same(&long);
        assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
    }
}
