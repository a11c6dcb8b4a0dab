//! The Korean texts and dates of the interface.

use super::{Words, grouped};
use crate::backend::LoadError;
use crate::model::{Metric, Period};

/// The Korean texts.
pub static WORDS: Words = Words {
    skip_to_content: "본문으로 건너뛰기",
    sections: "섹션",
    front_page: "주요 기사",
    search: "검색",
    search_words: "검색어",
    latest: "최신 기사",
    breaking: "속보",
    more_from: |section| format!("{section} 더보기"),
    sidebar: "주요 기사 모음",
    photo_news: "포토뉴스",
    more_photo_news: "포토뉴스 더보기",
    today: "TOP TODAY",
    more_today: "TOP TODAY 더보기",
    advertisements: "광고",
    empty: "게시물이 없습니다.",
    ranking,
    ranking_in: |section, metric| format!("{section} {}", ranking(metric)),
    more_ranking: |metric| match metric {
        Metric::Views => "많이 본 뉴스 더보기",
        Metric::Likes => "추천 많은 뉴스 더보기",
        Metric::Comments => "댓글 많은 뉴스 더보기",
    },
    ranking_list: |metric| match metric {
        Metric::Views => "조회 순위",
        Metric::Likes => "추천 순위",
        Metric::Comments => "댓글 순위",
    },
    no_ranking: "이 신문은 조회 순위를 제공하지 않습니다.",
    period: |period| match period {
        Period::Day => "오늘",
        Period::Week => "이번 주",
        Period::Month => "이번 달",
    },
    periods: "집계 기간",
    metric,
    metrics: "순위 기준",
    counted: |what, count| format!("{} {}", metric(what), grouped(count)),
    risen: |places| format!("{places}계단 상승"),
    fallen: |places| format!("{places}계단 하락"),
    new_entry: "새로",
    untitled: "(제목 없음)",
    subheads: "부제",
    byline: |name, title| match title {
        Some(title) => format!("{name} {title}"),
        None => name.to_owned(),
    },
    registered: "등록",
    modified: "수정",
    reading_time: |minutes| format!("읽는 시간 약 {minutes}분"),
    article_tools: "기사 도구",
    send_by_mail: "기사 메일전송",
    edit: "기사수정",
    print: "인쇄",
    recommend: "추천",
    recommended: "추천했습니다",
    recommend_failed: "추천을 보내지 못했습니다. 잠시 뒤 다시 눌러 주세요.",
    to_the_list: "목록 바로가기",
    neighbours: "이전 기사와 다음 기사",
    previous_article: "이전 기사 보기",
    next_article: "다음 기사 보기",
    related: "관련기사",
    others_in: |section| format!("{section} 다른 기사"),
    related_images: "관련 사진",
    withheld: "이 기사의 본문은 권한이 있는 독자만 읽을 수 있습니다.",
    no_body: "본문이 없는 기사입니다.",
    embed_from: |host| format!("{host}에서 제공하는 콘텐츠"),
    load_embed: "여기서 보기",
    open_embed: "새 창에서 열기",
    source: "기사 주소",
    links: "본문 속 링크",
    back_to_article: "기사로 돌아가기",
    #[cfg(not(target_arch = "wasm32"))]
    contents: "차례",
    pages: "쪽 이동",
    previous_page: "이전 쪽",
    next_page: "다음 쪽",
    page_of: |page, pages| match pages {
        Some(pages) => format!("{page} / {pages}쪽"),
        None => format!("{page}쪽"),
    },
    results: |query, total| match total {
        Some(total) => format!("‘{query}’ 검색 결과 {}건", grouped(total)),
        None => format!("‘{query}’ 검색 결과"),
    },
    no_results: |query| format!("‘{query}’에 대한 기사를 찾지 못했습니다. 다른 낱말로 찾아보세요."),
    search_needs_script: "검색하려면 브라우저에서 JavaScript를 켜 주세요.",
    type_to_search: "찾고 싶은 낱말을 입력하세요.",
    search_not_offered: "이 신문은 검색을 제공하지 않습니다.",
    not_found: "찾으시는 페이지가 없습니다",
    not_found_hint: "주소가 바뀌었거나 기사가 내려갔을 수 있습니다. 검색하거나 첫 화면에서 다시 찾아보세요.",
    to_front_page: "첫 화면으로",
    read_in_sans: "고딕체로 읽기",
    read_in_serif: "명조체로 읽기",
    desktop_version: "PC 버전 바로가기",
    mobile_version: "모바일 버전 바로가기",
    footer: "신문사 정보",
    could_not_load: |what| format!("{what}{} 불러오지 못했습니다.", object_particle(what)),
    retry: "다시 시도",
    because: |error| match error {
        LoadError::NotFound => "해당 내용을 찾을 수 없습니다.".to_owned(),
        LoadError::NotOffered { .. } => "이 신문은 이 기능을 제공하지 않습니다.".to_owned(),
        LoadError::Unreachable { .. } => "서버에 연결하지 못했습니다. 인터넷 연결을 확인해 주세요.".to_owned(),
        LoadError::TimedOut { seconds, .. } => format!("서버가 {seconds}초 안에 답하지 않았습니다."),
        LoadError::Status { status, .. } => format!("서버에서 오류가 발생했습니다(상태 코드 {status})."),
        LoadError::NotJson { .. } => "서버가 읽을 수 없는 내용을 보냈습니다.".to_owned(),
        LoadError::Unmapped(_) => "서버가 보낸 내용의 형식이 설정과 다릅니다.".to_owned(),
    },
    article: "기사",
    site_unusable: "신문을 열 수 없습니다",
    site_hint: "신문사 담당자께: 아래 내용을 고친 뒤 새로고침해 주세요.",
    short_date: |time| format!("{}.{:02}.{:02}.", time.year, time.month, time.day),
    date_time: |time| {
        format!(
            "{}-{:02}-{:02} {:02}:{:02}:{:02}",
            time.year, time.month, time.day, time.hour, time.minute, time.second
        )
    },
    long_date: |time| {
        const DAYS: [&str; 7] = ["일", "월", "화", "수", "목", "금", "토"];
        let day = DAYS[time.weekday() as usize];
        format!("{}년 {}월 {}일 {day}요일", time.year, time.month, time.day)
    },
};

fn ranking(metric: Metric) -> &'static str {
    match metric {
        Metric::Views => "많이 본 뉴스",
        Metric::Likes => "추천 많은 뉴스",
        Metric::Comments => "댓글 많은 뉴스",
    }
}

fn metric(metric: Metric) -> &'static str {
    match metric {
        Metric::Views => "조회",
        Metric::Likes => "추천",
        Metric::Comments => "댓글",
    }
}

/// The object particle: 를 after a vowel, 을 after a final consonant, and both if the last letter is not Hangul.
fn object_particle(word: &str) -> &'static str {
    match ends_in_consonant(word) {
        Some(false) => "를",
        Some(true) => "을",
        None => "을(를)",
    }
}

/// Whether a Korean word ends in a consonant, by which its particle is chosen; `None` if the last letter is not Hangul.
pub fn ends_in_consonant(word: &str) -> Option<bool> {
    match word.chars().next_back() {
        Some(letter @ '가'..='힣') => Some(!(letter as u32 - '가' as u32).is_multiple_of(28)),
        _ => None,
    }
}
