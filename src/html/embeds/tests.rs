//! The services that newspapers embed: whose an address is, and what is shown in the frame.

use super::{FRAME_ORIGINS, is_map, provider};

fn assert_frames(name: &str, pairs: &[(&str, &str)]) {
    for (url, frame) in pairs {
        let found = provider(url).unwrap_or_else(|| panic!("{url} is one of {name}"));
        assert_eq!((found.name, found.frame.as_str()), (name, *frame), "{url}");
    }
}

fn assert_unknown(urls: &[&str]) {
    for url in urls {
        assert_eq!(provider(url), None, "{url}");
    }
}

#[test]
fn videos_of_youtube_are_shown_without_cookies() {
    let frame = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ";
    for url in [
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "http://youtube.com/watch?feature=share&v=dQw4w9WgXcQ&list=RDdQw4w9WgXcQ",
        "https://m.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://youtu.be/dQw4w9WgXcQ?si=abc",
        "https://www.youtube.com/shorts/dQw4w9WgXcQ",
        "https://www.youtube.com/live/dQw4w9WgXcQ?feature=shared",
        "https://www.youtube.com/embed/dQw4w9WgXcQ?autoplay=1&mute=1",
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
        "https://www.youtube.com/v/dQw4w9WgXcQ",
    ] {
        assert_frames("YouTube", &[(url, frame)]);
    }
}

#[test]
fn a_video_of_youtube_starts_where_its_address_says() {
    for (start, seconds) in [
        ("t=90", "90"),
        ("t=90s", "90"),
        ("t=1m30s", "90"),
        ("t=1h2m3s", "3723"),
        ("start=5", "5"),
    ] {
        let url = format!("https://www.youtube.com/watch?v=dQw4w9WgXcQ&{start}");
        let frame = format!("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start={seconds}");
        assert_frames("YouTube", &[(&url, &frame)]);
    }
    let plain = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ";
    for start in ["t=0", "t=abc", "t=1x", "t=99999999999", "t=99999999h", "t=", "t=-5"] {
        let url = format!("https://youtu.be/dQw4w9WgXcQ?{start}");
        assert_frames("YouTube", &[(&url, plain)]);
    }
    assert_frames(
        "YouTube",
        &[(
            "https://youtu.be/dQw4w9WgXcQ#t=7",
            "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=7",
        )],
    );
}

#[test]
fn a_list_of_videos_is_shown_as_one() {
    let frame = "https://www.youtube-nocookie.com/embed/videoseries?list=PLabc-1";
    assert_frames(
        "YouTube",
        &[
            ("https://www.youtube.com/playlist?list=PLabc-1", frame),
            ("https://www.youtube.com/embed/videoseries?list=PLabc-1&index=2", frame),
        ],
    );
    assert_unknown(&["https://www.youtube.com/embed/videoseries"]);
}

#[test]
fn pages_of_youtube_that_are_no_videos_are_not_shown() {
    assert_unknown(&[
        "https://www.youtube.com/",
        "https://www.youtube.com/@haesol",
        "https://www.youtube.com/watch",
        "https://www.youtube.com/watch?v=",
        "https://www.youtube.com/watch?v=a/b",
        "https://www.youtube.com/redirect?q=https://evil.example",
        "https://youtu.be/",
        "https://youtu.be/a/b",
    ]);
}

#[test]
fn videos_of_vimeo_keep_their_key_and_start() {
    assert_frames(
        "Vimeo",
        &[
            ("https://vimeo.com/1234567", "https://player.vimeo.com/video/1234567"),
            (
                "https://vimeo.com/1234567/a1b2c3",
                "https://player.vimeo.com/video/1234567?h=a1b2c3",
            ),
            (
                "https://vimeo.com/channels/news/1234567#t=1m5s",
                "https://player.vimeo.com/video/1234567#t=65s",
            ),
            (
                "https://player.vimeo.com/video/1234567?h=a1b2c3&badge=0",
                "https://player.vimeo.com/video/1234567?h=a1b2c3",
            ),
        ],
    );
    assert_unknown(&["https://vimeo.com/features", "https://vimeo.com/1234567/a b"]);
}

#[test]
fn messages_of_x_are_shown_by_their_number() {
    let frame = "https://platform.twitter.com/embed/Tweet.html?id=1234567890";
    for url in [
        "https://twitter.com/haesol/status/1234567890?ref_src=twsrc%5Etfw",
        "https://x.com/haesol/status/1234567890/photo/1",
        "https://mobile.twitter.com/haesol/statuses/1234567890",
        "https://x.com/i/web/status/1234567890",
        "https://platform.twitter.com/embed/Tweet.html?dnt=true&id=1234567890",
    ] {
        assert_frames("X", &[(url, frame)]);
    }
    assert_unknown(&["https://x.com/haesol", "https://x.com/haesol/status/abc"]);
}

#[test]
fn posts_of_instagram_are_shown() {
    assert_frames(
        "Instagram",
        &[
            (
                "https://www.instagram.com/p/Cabc_1-2/?utm_source=ig_embed",
                "https://www.instagram.com/p/Cabc_1-2/embed",
            ),
            (
                "https://www.instagram.com/reel/Cabc/",
                "https://www.instagram.com/reel/Cabc/embed",
            ),
            (
                "https://www.instagram.com/haesol/p/Cabc/",
                "https://www.instagram.com/p/Cabc/embed",
            ),
            (
                "https://www.instagram.com/p/Cabc/embed/captioned/",
                "https://www.instagram.com/p/Cabc/embed",
            ),
        ],
    );
    assert_unknown(&["https://www.instagram.com/haesol/", "https://www.instagram.com/p/"]);
}

#[test]
fn posts_and_videos_of_facebook_are_shown_by_its_plug_ins() {
    let post = "https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fhaesol%2Fposts%2F123";
    assert_frames(
        "Facebook",
        &[
            ("https://www.facebook.com/haesol/posts/123", post),
            (
                "https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fhaesol%2Fposts%2F123&width=500",
                post,
            ),
            (
                "https://www.facebook.com/watch/?v=456",
                "https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fwatch%2F%3Fv%3D456",
            ),
            (
                "https://fb.watch/a1B2/",
                "https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Ffb.watch%2Fa1B2%2F",
            ),
        ],
    );
    assert_unknown(&[
        "https://www.facebook.com/haesol",
        "https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fevil.example%2Fa%2Fposts%2F1",
        "https://www.facebook.com/plugins/like.php?href=https%3A%2F%2Fwww.facebook.com%2Fhaesol%2Fposts%2F123",
    ]);
}

/// Were each looked into, some thousand would end the program: its stack is used up.
#[test]
fn a_plug_in_within_a_plug_in_is_not_looked_into() {
    let post = "https%3A%2F%2Fwww.facebook.com%2Fhaesol%2Fposts%2F123";
    for plugin in ["/plugins/post.php", "//plugins/post.php", "/plugins//video.php"] {
        let begin = format!("https://www.facebook.com{plugin}?href=");
        assert!(provider(&format!("{begin}{post}")).is_some(), "{plugin}");
        for depth in [2, 6000] {
            assert_unknown(&[&format!("{}{post}", begin.repeat(depth))]);
        }
    }
}

#[test]
fn korean_services_are_shown() {
    assert_frames(
        "Naver TV",
        &[
            ("https://tv.naver.com/v/123456", "https://tv.naver.com/embed/123456"),
            (
                "https://tv.naver.com/embed/123456?autoPlay=true",
                "https://tv.naver.com/embed/123456",
            ),
        ],
    );
    let frame = "https://play-tv.kakao.com/embed/player/cliplink/654321";
    assert_frames(
        "Kakao TV",
        &[
            ("https://tv.kakao.com/v/654321", frame),
            (
                "https://tv.kakao.com/channel/10/cliplink/654321?metaObjectType=Channel",
                frame,
            ),
            (
                "https://play-tv.kakao.com/embed/player/cliplink/654321?service=kakao_tv",
                frame,
            ),
        ],
    );
    assert_unknown(&[
        "https://tv.naver.com/haesol",
        "https://tv.kakao.com/channel/10",
        "https://news.naver.com/v/1",
    ]);
}

#[test]
fn maps_are_shown_only_by_their_embed_addresses() {
    assert_frames(
        "Google Maps",
        &[
            (
                "http://www.google.com/maps/embed?pb=!1m18",
                "https://www.google.com/maps/embed?pb=!1m18",
            ),
            (
                "https://www.google.com/maps/d/u/0/embed?mid=a",
                "https://www.google.com/maps/d/u/0/embed?mid=a",
            ),
            (
                "https://maps.google.com/maps?q=a&output=embed",
                "https://maps.google.com/maps?q=a&output=embed",
            ),
        ],
    );
    assert_unknown(&[
        "https://www.google.com/maps/place/a",
        "https://www.google.com/search?q=a&output=embed",
        "https://map.kakao.com/?q=a",
        "https://place.map.kakao.com/12345",
    ]);
    assert!(is_map("https://place.map.kakao.com/12345"));
    assert!(is_map("https://www.google.com/maps/place/a"));
    assert!(!is_map("https://www.google.com/search?q=a"));
    assert!(!is_map("https://place.map.kakao.com.evil.example/12345"));
}

#[test]
fn a_host_that_looks_like_a_service_is_not_one() {
    assert_unknown(&[
        "https://www.youtube.com.evil.example/embed/dQw4w9WgXcQ",
        "https://evilyoutube.com/embed/dQw4w9WgXcQ",
        "https://www.youtube.com@evil.example/embed/dQw4w9WgXcQ",
        "https://evil.example@www.youtube.com/embed/dQw4w9WgXcQ",
        "https://www.youtube.com:8443/embed/dQw4w9WgXcQ",
        "https://evil.example/www.youtube.com/embed/dQw4w9WgXcQ",
        "https://evil.example/?https://www.youtube.com/embed/dQw4w9WgXcQ",
        "https://evil.example/#https://www.youtube.com/embed/dQw4w9WgXcQ",
        "https://www.xn--yutube-wqf.com/embed/dQw4w9WgXcQ",
        "javascript://www.youtube.com/embed/dQw4w9WgXcQ",
        "//www.youtube.com/embed/dQw4w9WgXcQ",
        "www.youtube.com/embed/dQw4w9WgXcQ",
        "",
    ]);
}

#[test]
fn every_frame_is_on_the_services_own_host_over_https() {
    const HOSTS: [&str; 9] = [
        "https://www.youtube-nocookie.com/",
        "https://player.vimeo.com/",
        "https://platform.twitter.com/",
        "https://www.instagram.com/",
        "https://www.facebook.com/plugins/",
        "https://tv.naver.com/",
        "https://play-tv.kakao.com/",
        "https://www.google.com/maps",
        "https://maps.google.com/maps",
    ];
    let tails = [
        "\"onload=x",
        "'x",
        "<b>",
        " x",
        "/../../x",
        "%2e%2e/x",
        "&autoplay=1",
        "#x",
        "?x=y",
    ];
    for stem in [
        "https://youtu.be/abc",
        "https://vimeo.com/123",
        "https://x.com/a/status/1",
        "https://www.instagram.com/p/abc",
        "https://www.facebook.com/a/posts/1",
        "https://tv.naver.com/v/1",
        "https://tv.kakao.com/v/1",
    ] {
        for tail in tails {
            if let Some(found) = provider(&format!("{stem}{tail}")) {
                assert!(HOSTS.iter().any(|host| found.frame.starts_with(host)), "{found:?}");
                assert!(!found.frame.contains(['"', '\'', '<', '>', ' ']), "{found:?}");
                assert!(
                    !found.frame.contains("autoplay=") && !found.frame.contains("/.."),
                    "{found:?}"
                );
            }
        }
    }
}

/// Each service at each of the hosts under which it is known.
#[test]
fn every_frame_of_a_known_service_comes_from_a_named_origin() {
    let paths = [
        "youtube.com/watch?v=abc",
        "music.youtube.com/watch?v=abc",
        "youtu.be/abc",
        "youtube-nocookie.com/embed/abc",
        "vimeo.com/123",
        "player.vimeo.com/video/123",
        "x.com/a/status/1",
        "twitter.com/a/status/1",
        "platform.twitter.com/embed/Tweet.html?id=1",
        "instagram.com/p/abc/",
        "facebook.com/a/videos/1",
        "fb.watch/abc",
        "tv.naver.com/v/1",
        "tv.kakao.com/v/1",
        "play-tv.kakao.com/embed/player/cliplink/1",
        "google.com/maps/embed?pb=1",
        "google.co.kr/maps/embed?pb=1",
        "maps.google.com/maps?q=a&output=embed",
        "maps.google.co.kr/maps?q=a&output=embed",
        "map.kakao.com/embed/1",
    ];
    for path in paths {
        let mut framed = 0;
        for begin in ["https://", "https://www.", "https://m.", "http://"] {
            if let Some(provider) = provider(&format!("{begin}{path}")) {
                framed += 1;
                let is_named = |origin: &str| {
                    provider
                        .frame
                        .strip_prefix(origin)
                        .is_some_and(|rest| rest.starts_with('/'))
                };
                assert!(
                    FRAME_ORIGINS.into_iter().any(is_named),
                    "{begin}{path}: {}",
                    provider.frame
                );
            }
        }
        assert!(framed > 0, "{path}");
    }
}
