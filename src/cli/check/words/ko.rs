//! What a check says in Korean.

use super::{Said, Words, only, with_advice};
use crate::backend::{Field, LoadError, Resource, Unmapped, Warning};
use crate::cli::check::finding::{Counted, Finding, Share};
use crate::cli::check::markup::Unsafe;
use crate::cli::check::report::{FieldOutcome, ResourceOutcome};
use crate::cli::korean::korean_or_same;
use crate::html::Cut;
use crate::locale::{ends_in_consonant, grouped, words};
use crate::site::Locale;

/// The Korean texts.
pub static WORDS: Words = Words {
    finding,
    resource: |resource, of| match (resource, of) {
        (Resource::Ranking, Some(of)) => ranking(of),
        (resource, Some(of)) => format!("{} {of}", name(resource)),
        (resource, None) => name(resource).to_owned(),
    },
    resources: |resource, count| match resource {
        Resource::Section => format!("섹션 {count}개"),
        Resource::Today => "오늘의 주요 기사".to_owned(),
        resource => name(resource).to_owned(),
    },
    field: |field| match field {
        Field::Id => "기사 번호",
        Field::Url => "원문 주소",
        Field::Headline => "제목",
        Field::AlternativeHeadline => "부제",
        Field::Description => "요약",
        Field::ArticleBody => "본문",
        Field::DatePublished => "등록 일시",
        Field::DateModified => "수정 일시",
        Field::Author => "작성자",
        Field::ArticleSection => "섹션",
        Field::Keywords => "키워드",
        Field::Image => "대표 사진",
        Field::AssociatedMedia => "관련 사진",
        Field::InteractionStatistic => "조회·추천·댓글 수",
        Field::IsAccessibleForFree => "전체 공개 여부",
        Field::Previous => "이전 기사",
        Field::Next => "다음 기사",
        Field::Related => "관련기사",
    },
    outcome: |outcome| match outcome {
        ResourceOutcome::Arrived => "",
        ResourceOutcome::Empty => "없음",
        ResourceOutcome::NotOffered => "제공 안 함",
        ResourceOutcome::Failed => "실패",
        ResourceOutcome::NotTried => "확인 안 함",
    },
    arrived: |articles, total| match total {
        Some(total) => format!("{articles}/{total}건"),
        None => format!("{articles}건"),
    },
    counted: |counted| match counted {
        Counted::Views => "조회",
        Counted::Likes => "추천",
        Counted::Comments => "댓글",
    },
    yes_or_no: |is_so| if is_so { "예" } else { "아니요" },
    date: |time| (words(Locale::Ko).date_time)(time),
    no_value: |outcome| match outcome {
        FieldOutcome::Arrived => "",
        FieldOutcome::Missing => "값이 없음",
        FieldOutcome::Unreadable => "읽을 수 없음",
        FieldOutcome::NotMapped => "매핑에 없음",
    },
    resource_headings: ["항목", "상태", "시간", "기사 수", "주소"],
    field_headings: ["필드", "기사 수", "값", "찾은 곳"],
    article: |id| format!("기사 {id}"),
    read_from: |origin| format!("{origin} 사이트에서 읽을 때와 같은 조건"),
    cors_not_checked: "CORS는 확인하지 않았습니다. 파일에 `url`을 적거나 --site-origin을 지정하세요.",
    all_there: "꼭 필요한 것은 모두 있습니다.",
    required: |what| format!("꼭 필요합니다: {what}"),
    no_file: |path, problem| {
        format!(
            "{path}: {}. 확인할 파일을 지정하거나 `gisa init 주소`로 파일을 만드세요",
            korean_or_same(problem)
        )
    },
    works: |opened, others| match others {
        [] => format!("독자가 신문을 읽을 수 있습니다. 기사 {opened}건이 열립니다."),
        others => format!(
            "독자가 신문을 읽을 수 있습니다. 기사 {opened}건이 열리고, {} 제대로 나옵니다.",
            with_particle(&others.join(", "), "이", "가")
        ),
    },
    does_not_work: |missing| {
        let sentences: Vec<String> = missing.iter().map(|text| sentence(text)).collect();
        format!("아직 독자가 신문을 읽을 수 없습니다. {}", sentences.join(" "))
    },
    nothing_odd: "특별히 이상한 점은 없습니다.",
    odd: |count, first| {
        let sentences: Vec<String> = first.iter().map(|text| sentence(text)).collect();
        let more = if count > first.len() {
            " 나머지는 아래에 있습니다."
        } else {
            ""
        };
        format!("살펴볼 점이 {count}가지 있습니다. {}{more}", sentences.join(" "))
    },
    first: |advice| format!("먼저 할 일: {}", sentence(advice)),
};

fn name(resource: Resource) -> &'static str {
    match resource {
        Resource::Latest => "최신 기사",
        Resource::Section => "섹션",
        Resource::Article => "기사",
        Resource::Previous => "이전 기사",
        Resource::Next => "다음 기사",
        Resource::Search => "검색",
        Resource::Ranking => "많이 본 뉴스",
        Resource::Photos => "포토뉴스",
        Resource::Today => "TOP TODAY",
        Resource::Related => "관련기사",
        Resource::Front => "첫 화면 편집",
        Resource::Breaking => "속보",
    }
}

/// A ranking, from a period and perhaps a metric, such as `week/comments`.
fn ranking(of: &str) -> String {
    let (period, metric) = of.split_once('/').unwrap_or((of, ""));
    let name = match metric {
        "likes" => "추천 많은 뉴스",
        "comments" => "댓글 많은 뉴스",
        _ => name(Resource::Ranking),
    };
    let period = match period {
        "day" => "오늘",
        "week" => "이번 주",
        "month" => "이번 달",
        other => other,
    };
    format!("{name} {period}")
}

fn finding(finding: &Finding) -> Said {
    use Finding::*;
    match finding {
        NoLatest { because } => about("최신 기사 목록을 받지 못했습니다", because),
        NoArticle => with_advice(
            "최신 기사 목록에 기사가 없어 열어 볼 기사가 없습니다",
            "`--article 기사번호`로 기사를 지정해 보세요",
        ),
        NoSuchArticle { id, because } => Said {
            advice: Some("이 기사가 발행되어 있는지, 번호가 맞는지 확인하세요".to_owned()),
            ..about(&format!("기사({id})를 받지 못했습니다"), because)
        },
        NoBody { id, because } => about(&format!("기사({id})의 본문이 없습니다"), because),
        NotLoaded { error } => not_loaded(error),
        NothingThere => with_advice(
            "목록이 비어 있습니다",
            "발행된 기사가 있는지, 매핑의 `items`가 기사를 찾는지 확인하세요",
        ),
        NotInMapping => with_advice("매핑에 이 항목이 없습니다", "매핑의 `resources`에 추가하세요"),
        ForMembers => with_advice(
            "구독자나 비밀번호를 아는 독자만 볼 수 있는 기사입니다",
            "누구나 볼 수 있는 기사를 `--article 기사번호`로 지정해 보세요",
        ),
        EmptyBody => with_advice(
            "`articleBody`에 글도 사진도 없습니다",
            "편집 시스템에서 기사에 본문이 있는지 보고, 있으면 매핑의 `articleBody`를 고치세요",
        ),
        NoRankingPlugin => with_advice(
            "WordPress Popular Posts 플러그인이 응답하지 않아 많이 본 뉴스가 나오지 않습니다",
            "이 플러그인을 설치하거나, site.json의 `sidebar`에서 `mostViewed`를 빼세요",
        ),
        NothingCounts => with_advice(
            "독자가 어떤 기사를 읽는지 아무도 세지 않아, 독자가 이 사이트로만 오면 순위가 바뀌지 않습니다",
            "조회를 세는 주소를 site.json의 `tools.view`에 적거나, `gisa ranking`으로 웹 서버 로그에서 순위를 만드세요",
        ),
        CounterNoAddress {
            key,
            template,
            variable,
        } => with_advice(
            match variable {
                Some(variable) => {
                    format!("조회를 세지 못합니다. `{key}`가 `{template}`인데, `{variable}`에 넣을 값이 없습니다")
                }
                None => format!("조회를 세지 못합니다. `{key}`가 `{template}`인데, 웹 주소가 아닙니다"),
            },
            format!("`{key}`에 `https://count.example/views/{{id}}` 같은 주소를 적으세요"),
        ),
        CounterOfNoArticle { key, template } => with_advice(
            format!("조회를 세지만 어느 기사인지 알리지 않습니다. `{key}`가 어느 기사에서나 `{template}`입니다"),
            format!("`{key}`에 `{{id}}`나 `{{url}}`을 넣으세요"),
        ),
        CounterInsecure { key, address } => with_advice(
            format!("조회를 세지 못합니다. 사이트는 https인데, 브라우저는 {address}로 아무것도 보내지 않습니다"),
            format!("`{key}`를 https 주소로 바꾸세요"),
        ),
        CounterMissing { address } => with_advice(
            format!("조회를 세지 못합니다. 이 WordPress Popular Posts에는 {address} 주소가 없습니다"),
            "플러그인을 6.4 이상으로 올리세요",
        ),
        Insecure => with_advice(
            "사이트는 https인데 이 주소는 http여서 브라우저가 불러오지 않습니다",
            "`backend.url`을 https 주소로 바꾸세요",
        ),
        Cors { origin, allowed } => with_advice(
            match allowed {
                Some(allowed) => format!(
                    "CORS: Access-Control-Allow-Origin 값이 `{allowed}`이고 `{origin}` 또는 `*` 값이 아니어서, 브라우저가 \
                     사이트에 내용을 넘겨주지 않습니다"
                ),
                None => format!(
                    "CORS: {origin} 사이트를 허용하는 Access-Control-Allow-Origin 헤더가 없어서, 브라우저가 사이트에 내용을 \
                     넘겨주지 않습니다"
                ),
            },
            format!("백엔드 서버가 `Access-Control-Allow-Origin: {origin}` 헤더를 보내게 하세요"),
        ),
        HiddenHeader { name } => with_advice(
            format!("CORS: 브라우저가 `{name}` 헤더를 가려서 독자가 전체 쪽수를 볼 수 없습니다"),
            "서버의 Access-Control-Expose-Headers 헤더에 이 이름을 넣으세요",
        ),
        Garbled => with_advice(
            "응답에 문자 집합과 맞지 않는 바이트가 있어 글자가 깨집니다",
            "`Content-Type`에 실제 문자 집합을 적거나, UTF-8로 보내세요",
        ),
        ForeignCharset { charset } => only(format!(
            "응답의 문자 집합이 {charset}입니다. 브라우저는 읽지만 못 읽는 프로그램도 있으니 UTF-8이 좋습니다"
        )),
        NoPermission { omitted } => with_advice(
            format!("로그인하지 않은 독자에게는 보내지 않은 내용이 있습니다(`meta.omitted`: {omitted})"),
            "사진(미디어) 등을 누구나 볼 수 있게 권한을 주세요",
        ),
        ShortPage { requested, arrived } => with_advice(
            format!("한 쪽에 기사 {requested}건을 요청했는데 {arrived}건만 왔습니다"),
            format!(
                "서버에 제한이 있다면 매핑에 `\"pageSize\": {arrived}` 설정을 넣으세요. 그러지 않으면 쪽 사이의 기사가 빠집니다"
            ),
        ),
        UnknownLimit { requested, arrived } => with_advice(
            format!(
                "기사 {requested}건을 요청했는데 1쪽에 {arrived}건만 있고 2쪽에 더 있습니다. 서버에 제한이 있어 독자는 1쪽까지만 \
                 볼 수 있습니다"
            ),
            format!("매핑에 `\"pageSize\": {arrived}` 설정을 넣으세요"),
        ),
        RepeatedPage => with_advice(
            "2쪽의 기사가 모두 1쪽에 있던 기사입니다. 서버가 쪽 번호를 쓰지 않거나 캐시가 쪽 번호를 무시합니다",
            "매핑의 `url`, `nextUrl`, `cursor` 설정을 확인하세요",
        ),
        NoTotals { expressions } => only(format!(
            "전체 기사 수를 알 수 없습니다(`{}`). 중간의 프록시가 지웠을 수 있습니다. 독자는 쪽 번호 없이 다음 쪽으로 넘어갑니다",
            expressions.join("`, `")
        )),
        InexactId { id } => with_advice(
            format!("기사 번호 {id} 값은 2^53보다 큰 숫자여서 JavaScript 프로그램이 다른 번호로 바꿉니다"),
            "기사 번호를 문자열로 보내세요",
        ),
        DoubtfulSlug { slug } => with_advice(
            format!("백엔드에서도 이 섹션의 슬러그가 `{slug}`인지 확인이 필요합니다"),
            "site.json의 `sections`에 편집 시스템의 슬러그를 그대로 적으세요",
        ),
        NoSuchRanking { place, wanted, offered } => with_advice(
            format!("site.json의 `{place}` 상자가 쓰는 순위 `{wanted}` 항목이 백엔드에 없습니다"),
            match &**offered {
                [] => "상자를 빼거나, 매핑에 이 순위의 요청을 적으세요".to_owned(),
                offered => format!("상자를 고치세요. 쓸 수 있는 순위는 `{}`입니다", offered.join("`, `")),
            },
        ),
        WrongNeighbour { after, expected, found } => only(format!(
            "기사({after})의 다음 기사가 {expected} 기사여야 하는데 {found} 기사입니다"
        )),
        NeighbourInArticle => only("기사 자체에 적혀 있습니다"),
        NoDateForNeighbours => only("기사에 등록 일시(`datePublished`)가 없어 앞뒤 기사를 찾을 수 없습니다"),
        LeftOut { warning } => left_out(warning),
        AndMore { count } => only(format!("이런 것이 {count}개 더 있습니다")),
        Unreadable { unmapped } => unreadable(&unmapped.field, &unmapped.problem),
        Unusable { found } => only(format!(
            "값이 있지만 쓸 수 없습니다(자세한 내용: {})",
            korean_or_same(found)
        )),
        NoImageFile { status, reason } => with_advice(
            match (status, reason) {
                (Some(status), _) => format!("사진을 불러올 수 없습니다(상태 코드 {status})"),
                (None, reason) => format!(
                    "사진을 불러올 수 없습니다({})",
                    korean_or_same(reason.as_deref().unwrap_or_default())
                ),
            },
            "사진 주소를 브라우저에서 열어 보세요. 사진이 다른 주소로 옮겨졌다면 site.json의 `imageHosts`에 적으세요",
        ),
        NotOpening { share, because } => {
            let because = self::finding(because);
            Said {
                what: format!("{} 열리지 않습니다: {}", of_all(share), because.what),
                advice: because.advice.or(Some(
                    "편집 시스템에서 그 기사가 발행되어 있는지, 번호가 목록의 번호와 같은지 확인하세요".to_owned(),
                )),
            }
        }
        EmptyBodies { share } => with_advice(
            format!("{} 본문이 비어 있습니다", of_all(share)),
            "편집 시스템에서 본문이 있는지 보고, 있으면 매핑의 `articleBody`를 고치세요",
        ),
        BodyIsSummary { share } => with_advice(
            format!("{} 본문 대신 요약만 들어 있습니다", of_all(share)),
            "피드나 API가 기사 전문을 보내게 하세요(워드프레스: 설정 → 읽기 → 전체 텍스트)",
        ),
        BodyCut { share, why } => with_advice(
            format!("{} 본문의 뒷부분이 잘립니다. {}", of_all(share), cause(*why)),
            "통째로 붙여 넣은 웹페이지나 파일처럼 기사에 있어서는 안 되는 것이 있는지 보세요",
        ),
        BlocksLeftOut { share, first } => with_advice(
            format!("{} 본문의 일부가 빠집니다: {}", of_all(share), korean_or_same(first)),
            "매핑의 `blocks`에 이 블록의 규칙을 추가하세요",
        ),
        PartsDropped { share, dropped } => with_advice(
            match share.of {
                1 => format!("본문에서 {} 제외했습니다", with_particle(&parts(dropped), "을", "를")),
                _ => format!("{} 본문에서 빠지는 것이 있습니다: {}", of_all(share), parts(dropped)),
            },
            if dropped.pictures > 0 {
                "이 사진들을 파일로 올리고, 올린 파일을 기사에 넣으세요"
            } else {
                "이런 기사를 원문과 비교해 보고, 입력 양식이나 도표, 지도가 빠졌다면 링크를 걸어 두세요"
            },
        ),
        Shortcodes { share, first } => with_advice(
            format!(
                "{} 본문에서 숏코드가 나타내는 내용이 독자에게 보이지 않습니다: `{first}`",
                of_all(share)
            ),
            "숏코드를 채우는 플러그인을 켜거나, 그 내용을 기사에 직접 넣으세요",
        ),
        HeadlineInBody { share } => with_advice(
            format!("{} 본문 첫머리에 제목이 한 번 더 나옵니다", of_all(share)),
            "독자가 제목을 두 번 읽지 않도록 본문이나 피드 양식에서 지우세요",
        ),
        OftenUnreadable { field, share, problem } => with_advice(
            format!(
                "{} {} 읽을 수 없습니다: {}",
                of_all(share),
                with_particle(noun(*field), "을", "를"),
                unreadable(field.as_str(), problem).what
            ),
            format!("매핑의 `{}` 표현식을 고치세요", field.as_str()),
        ),
        Missing {
            field,
            share,
            is_mapped,
        } => {
            let key = field.as_str();
            with_advice(
                format!("{} {} 없습니다", of_all(share), with_particle(noun(*field), "이", "가")),
                match (is_mapped, share.is_all()) {
                    (false, _) => format!("매핑에 `fields.{key}` 항목을 추가하세요"),
                    (true, true) => {
                        format!("편집 시스템에 값이 있는지 보고, 있으면 매핑의 `{key}` 표현식을 고치세요")
                    }
                    (true, false) => "편집 시스템에서 이 기사들을 채워 넣으세요".to_owned(),
                },
            )
        }
        MissingInList { field, share } => with_advice(
            format!(
                "기사에는 있는데 목록에는 {} 없습니다({})",
                with_particle(noun(*field), "이", "가"),
                count(share)
            ),
            format!(
                "목록에서도 보내게 하거나, 매핑에서 목록의 `fields.{}` 표현식을 따로 적으세요",
                field.as_str()
            ),
        ),
        AllTheSame { field, share, value } => all_the_same(*field, share, value),
        WrongCharset { field, share, first } => with_advice(
            format!("{} {}에 깨진 글자가 있습니다: {first}", of_all(share), noun(*field)),
            "편집 시스템에서도 깨져 있다면 문자 집합이 잘못 저장된 것이므로 그곳에서 되살려야 합니다",
        ),
        Markup { field, share, first } => with_advice(
            format!(
                "{} {}에 `{first}` 같은 코드가 그대로 보입니다",
                of_all(share),
                noun(*field)
            ),
            format!(
                "매핑의 `formats.{}` 값을 `html`로 바꾸거나, 편집 시스템에서 글을 고치세요",
                field.as_str()
            ),
        ),
        AccountAsAuthor { share, names } => with_advice(
            format!(
                "{} 작성자가 기자 이름이 아니라 계정 이름으로 보입니다: {}",
                of_all(share),
                names.join(", ")
            ),
            "계정의 표시 이름을 기자 이름으로 바꾸거나, 기사마다 작성자를 지정하세요",
        ),
        Capitals { share, first } => with_advice(
            format!("{} 제목이 모두 대문자입니다: {first}", of_all(share)),
            "제목을 소문자로 쓰세요. 대문자만 있으면 읽기 어렵고 화면 낭독기가 한 글자씩 읽기도 합니다",
        ),
        NameInHeadline { share, first } => with_advice(
            format!("{} 제목 끝에 신문 이름이 붙어 있습니다: {first}", of_all(share)),
            "신문 이름은 화면에 따로 나오므로 SEO 플러그인 설정 등에서 빼세요",
        ),
        Duplicates { share, headline } => with_advice(
            format!("제목이 같은 기사가 {}건 있습니다: {headline}", share.count()),
            "같은 기사를 두 번 발행하지 않았는지 보고, 하나를 지우세요",
        ),
        Placeholder { share, headline } => with_advice(
            format!("{} 시험용 기사로 보입니다: {headline}", of_all(share)),
            "독자에게 공개하기 전에 지우세요",
        ),
        CutDescriptions { share, ending } => with_advice(
            format!("{} 요약이 ‘{ending}’ 표시로 끝납니다", of_all(share)),
            "기사마다 요약(발췌)을 직접 쓰거나, 테마에서 이 표시를 없애세요",
        ),
        HeadlineAsDescription { share } => with_advice(
            format!("{} 요약이 제목과 똑같습니다", of_all(share)),
            "제목에 없는 내용을 한 문장으로 쓰거나, 요약을 비워 두세요",
        ),
        LongDescriptions { share } => with_advice(
            format!("{} 요약이 기사만큼 깁니다", of_all(share)),
            "매핑의 `description`이 본문이 아니라 요약을 찾게 하세요",
        ),
        FutureDates { share, hours } => with_advice(
            format!(
                "{} 등록 일시가 미래입니다(최대 {} 뒤)",
                of_all(share),
                match hours {
                    ..=48 => format!("{hours}시간"),
                    hours => format!("{}일", hours / 24),
                }
            ),
            match hours {
                ..=14 => "매핑의 `timeZone`에 편집 시스템이 날짜를 적는 시간대를 지정하세요",
                _ => "편집 시스템에서 날짜를 고치거나, `datePublished`가 다른 날짜를 찾는 것은 아닌지 보세요",
            },
        ),
        DatesWithoutTime { share } => with_advice(
            format!("{} 등록 일시에 날짜만 있고 시각이 없습니다", of_all(share)),
            "`datePublished`가 시각까지 찾게 하세요. 시각이 없으면 같은 날 기사의 순서가 뒤섞입니다",
        ),
        ModifiedBeforePublished { share } => with_advice(
            format!("{} 수정 일시가 등록 일시보다 빠릅니다", of_all(share)),
            "매핑에서 `datePublished`와 `dateModified`가 뒤바뀌지 않았는지 보세요",
        ),
        NotNewestFirst { is_reversed } => with_advice(
            match is_reversed {
                true => "목록이 가장 오래된 기사부터 시작합니다",
                false => "목록의 기사가 날짜순이 아닙니다",
            },
            "매핑에 있는 `latest`의 주소가 최신순으로 요청하게 하세요",
        ),
        OldNews { days } => with_advice(
            format!("가장 새로운 기사가 {}일 전 기사입니다", grouped(days.unsigned_abs())),
            "더 새로운 기사가 있다면 캐시나 필터가 막고 있는 것입니다",
        ),
        Uncategorised { share, name } => with_advice(
            format!("{} 섹션이 ‘{name}’입니다", of_all(share)),
            "기사마다 섹션을 정하고, 편집 시스템의 기본 섹션을 바꾸세요",
        ),
        UnlistedSections { share, slugs } => with_advice(
            format!(
                "{} site.json에 없는 섹션에 있습니다: {}",
                of_all(share),
                slugs.join(", ")
            ),
            "`sections`에 추가하세요. 그러지 않으면 독자가 메뉴에서 찾을 수 없습니다",
        ),
        SmallPictures { share, pixels } => with_advice(
            format!("{} 대표 사진의 폭이 {pixels}픽셀 이하입니다", of_all(share)),
            "매핑의 `image`가 섬네일이 아니라 원본을 찾게 하세요. 폭 1,200픽셀이면 충분합니다",
        ),
        PrivateAddresses { field, share, first } => with_advice(
            format!(
                "{} {}의 주소가 사내에서만 열리는 주소입니다: {first}",
                of_all(share),
                noun(*field)
            ),
            match field {
                Field::Image => "편집 시스템의 사이트 주소를 고치거나, site.json의 `imageHosts`로 바꿔 주세요",
                _ => "편집 시스템의 사이트 주소 설정을 고치세요",
            },
        ),
        InsecurePictures { share } => with_advice(
            format!("{} 대표 사진의 주소가 http입니다", of_all(share)),
            "사진도 https로 보내세요. https 사이트에서는 브라우저가 http 사진을 막거나 경고합니다",
        ),
        NoAlternativeText { share } => with_advice(
            format!("{} 대표 사진에 설명도 대체 텍스트도 없습니다", of_all(share)),
            "사진을 보지 못하는 독자를 위해 무엇이 찍혔는지 적어 주세요",
        ),
        AlwaysZero { share, counts } => {
            let names: Vec<&str> = counts.iter().map(|counted| (WORDS.counted)(*counted)).collect();
            with_advice(
                format!("{} {} 수가 0입니다", of_all(share), names.join("·")),
                "편집 시스템이 실제로 세고 있는지 보고, 세지 않으면 매핑의 `interactionStatistic`에서 빼세요",
            )
        }
    }
}

fn about(what: &str, because: &Finding) -> Said {
    let because = finding(because);
    Said {
        what: format!("{what}: {}", because.what),
        ..because
    }
}

/// What to do where an address does not exist.
const NOT_THERE: &str = "매핑에서 주소를 고치거나, 편집 시스템에 이런 기능이 없다면 매핑에서 빼세요";

fn not_loaded(error: &LoadError) -> Said {
    match error {
        LoadError::NotFound => with_advice("찾을 수 없습니다", NOT_THERE),
        LoadError::NotOffered { resource } => only(format!("매핑에 `{}` 항목이 없습니다", resource.as_str())),
        LoadError::Unreachable { reason, .. } => with_advice(
            format!("서버가 응답하지 않습니다(자세한 내용: {})", korean_or_same(reason)),
            "서버가 켜져 있는지, `backend.url`의 주소가 맞는지 확인하세요",
        ),
        LoadError::TimedOut { seconds, .. } => with_advice(
            format!("{seconds}초 안에 응답이 오지 않았습니다"),
            "호스팅 업체에 서버가 느린 이유를 물어보세요",
        ),
        LoadError::Status {
            status: status @ (404 | 410),
            ..
        } => with_advice(format!("이런 주소가 없습니다(상태 코드 {status})"), NOT_THERE),
        LoadError::Status {
            status: status @ (401 | 403),
            ..
        } => with_advice(
            format!("모든 독자에게 열려 있지 않습니다(상태 코드 {status})"),
            "보안 플러그인이 API를 막고 있지 않은지, 키가 맞는지 확인하세요",
        ),
        LoadError::Status { status, .. } => with_advice(
            format!("서버에서 오류가 났습니다(상태 코드 {status})"),
            "서버의 로그를 확인하세요",
        ),
        LoadError::NotJson { problem, .. } => with_advice(
            format!("응답이 JSON이 아닙니다(자세한 내용: {})", korean_or_same(problem)),
            "주소를 브라우저에서 열어 보세요. 웹페이지나 안내문이 아니라 JSON이 나와야 합니다",
        ),
        LoadError::Unmapped(unmapped) => with_advice(
            unmapped_text(unmapped),
            "매핑의 표현식을 고치세요. docs/backends.md에 설명이 있습니다",
        ),
    }
}

fn unmapped_text(unmapped: &Unmapped) -> String {
    format!(
        "`{}`의 `{}` 필드(표현식 `{}`): {}",
        unmapped.resource,
        unmapped.field,
        unmapped.expression,
        unreadable(&unmapped.field, &unmapped.problem).what
    )
}

fn left_out(warning: &Warning) -> Said {
    only(match warning {
        Warning::Answer { problem, .. } => {
            return with_advice(
                format!(
                    "응답에 JSON이 아닌 부분이 섞여 있지만 읽었습니다(자세한 내용: {})",
                    korean_or_same(problem)
                ),
                "서버가 올바른 JSON만 보내게 하세요. 플러그인의 알림이나 캐시의 주석이 섞이면 안 됩니다",
            );
        }
        Warning::Field(unmapped) => unmapped_text(unmapped),
        Warning::Part {
            resource,
            part,
            problem,
        } => format!(
            "`{resource}`의 `{}` 부분을 뺐습니다(자세한 내용: {})",
            korean_or_same(part),
            korean_or_same(problem)
        ),
        Warning::Block(problem) => format!("본문의 블록을 뺐습니다(자세한 내용: {})", korean_or_same(problem)),
        Warning::Body { why, .. } => format!("본문의 뒷부분을 잘랐습니다. {}", cause(*why)),
        Warning::Item(error) => format!("목록에서 기사 하나를 뺐습니다: {}", not_loaded(error).what),
        Warning::OwnFile { path, problem } => format!(
            "{path} 파일을 읽을 수 없습니다(자세한 내용: {})",
            korean_or_same(problem)
        ),
    })
}

/// What a field should have been, and what it was.
fn unreadable(field: &str, problem: &str) -> Said {
    let expected = match field {
        "datePublished" | "dateModified" => {
            "연도가 있는 날짜여야 합니다(예: 2026-03-02T18:00:00+09:00, 2026.03.02. 18:00)"
        }
        "author" => "이름이나, `name`이 있는 객체여야 합니다",
        "articleSection" => "섹션 이름이나, `name`과 `slug`가 있는 객체여야 합니다",
        "image" | "associatedMedia" => "사진 주소나, `url`이 있는 객체여야 합니다",
        "url" => "웹 주소여야 합니다",
        "isAccessibleForFree" => "true나 false여야 합니다",
        "headline" | "description" | "alternativeHeadline" | "keywords" => "글이어야 합니다",
        "items" => "기사 목록이어야 합니다",
        _ => "읽을 수 없습니다",
    };
    only(format!("{expected}. 자세한 내용: {}", korean_or_same(problem)))
}

/// Why a body is cut.
fn cause(why: Cut) -> &'static str {
    match why {
        Cut::TooLong => "본문이 너무 깁니다",
        Cut::TooManyElements => "본문에 요소가 너무 많습니다",
        Cut::TooManyAttributes => "한 태그에 속성이 너무 많습니다",
    }
}

fn all_the_same(field: Field, share: &Share, value: &str) -> Said {
    let of = share.of;
    let advice = match field {
        Field::Author => "여러 사람이 쓴다면 기사마다 작성자를 지정하세요",
        Field::ArticleSection => "기사마다 섹션을 지정하거나, 매핑의 `articleSection`이 섹션을 찾게 하세요",
        Field::DatePublished => {
            "기사를 옮겨 온 시각인 경우가 많습니다. 원래 날짜를 되살리거나 `datePublished`가 그 날짜를 찾게 하세요"
        }
        Field::Image => "모든 기사에 같은 그림(로고 등)이 나오면 뜻이 없습니다. 빼고 기사마다 사진을 고르세요",
        Field::Description => "사이트 전체의 소개인 경우가 많습니다. `description`이 기사의 요약을 찾게 하세요",
        _ => "기사 주소가 기사 번호를 무시하는 것일 수 있습니다. 매핑의 `article` 항목을 확인하세요",
    };
    with_advice(
        match field {
            Field::Author => format!("기사 {of}건의 작성자가 모두 ‘{value}’입니다"),
            Field::ArticleSection => format!("기사 {of}건의 섹션이 모두 ‘{value}’입니다"),
            field => format!(
                "기사 {of}건의 {} 모두 같습니다: {value}",
                with_particle(noun(field), "이", "가")
            ),
        },
        advice,
    )
}

/// `기사 20건 중 7건`, with one to look at.
fn count(share: &Share) -> String {
    match (share.of, share.example()) {
        (1, _) => "기사 1건".to_owned(),
        (of, None) => format!("기사 {of}건 모두"),
        (of, Some(id)) if share.count() == 1 => format!("기사 {of}건 중 1건({id})"),
        (of, Some(id)) => format!("기사 {of}건 중 {}건({id} 등)", share.count()),
    }
}

/// The same as the topic of a sentence.
fn of_all(share: &Share) -> String {
    match (share.of, share.is_all()) {
        (1, _) => "이 기사는".to_owned(),
        (_, true) => count(share),
        (_, false) => format!("{}은", count(share)),
    }
}

/// The name of a field.
fn noun(field: Field) -> &'static str {
    (WORDS.field)(field)
}

/// A word with the particle that fits to its end; both where that is not Hangul.
fn with_particle(word: &str, after_consonant: &str, after_vowel: &str) -> String {
    match ends_in_consonant(word) {
        Some(true) => format!("{word}{after_consonant}"),
        Some(false) => format!("{word}{after_vowel}"),
        None => format!("{word}{after_consonant}({after_vowel})"),
    }
}

fn parts(dropped: &Unsafe) -> String {
    let kinds = [
        (dropped.scripts, "스크립트"),
        (dropped.event_handlers, "이벤트 처리기"),
        (dropped.javascript_addresses, "javascript: 주소"),
        (dropped.iframes, "웹 주소가 없는 iframe"),
        (dropped.forms, "입력 양식"),
        (dropped.drawings, "그림(svg, canvas)"),
        (dropped.pictures, "파일이 아니라 본문에 통째로 든 사진(base64)"),
    ];
    let met = kinds.iter().filter(|(number, _)| *number > 0);
    met.map(|(number, kind)| format!("{kind} {number}개"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// A text with a full stop.
fn sentence(text: &str) -> String {
    let end = if text.ends_with(['?', '.', '!']) { "" } else { "." };
    format!("{text}{end}")
}
