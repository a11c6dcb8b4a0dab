<?php
// Installs WordPress and fills it with news. Run by wordpress.sh, twice, because a process that installed the tables
// does not know them yet:  php wordpress-seed.php FOLDER install;  php wordpress-seed.php FOLDER seed
// The step `plugin` activates WordPress Popular Posts once.
[, $folder, $step] = $argv;
if ($step === 'install') define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = getenv('WP_HOST');
$_SERVER['REQUEST_METHOD'] = 'GET';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
require "$folder/wp-load.php";
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/image.php';
require_once ABSPATH . 'wp-admin/includes/taxonomy.php';
require_once ABSPATH . 'wp-admin/includes/misc.php';

if ($step === 'install') {
  add_filter('pre_wp_mail', '__return_true');
  wp_install('Harbour Post (test)', 'editor', 'editor@example.org', true, '', 'editor-pass');
  exit;
}

if ($step === 'plugin') {
  // It makes its tables when it is activated. Which requests it takes part in, wordpress-counting.php decides.
  require_once ABSPATH . 'wp-admin/includes/plugin.php';
  made(activate_plugin('wordpress-popular-posts/wordpress-popular-posts.php'));
  update_option('active_plugins', []);
  exit;
}

wp_set_current_user(1); // an administrator may post unfiltered HTML, as editors do
update_option('permalink_structure', '/%year%/%monthnum%/%postname%/');
update_option('timezone_string', 'Europe/Berlin');
update_option('blogdescription', 'All the news that fits a test');
foreach ([['ana.reporter', 'Ana Reporter'], ['ben.columnist', 'Ben Columnist']] as [$login, $name]) {
  made(wp_insert_user(['user_login' => $login, 'user_pass' => wp_generate_password(12), 'display_name' => $name,
    'user_email' => "$login@example.org", 'role' => 'author']));
}
$categories = [];
foreach (['Politics', 'Business', 'Culture', 'Sport', 'Science'] as $name) {
  $categories[$name] = made(wp_insert_term($name, 'category'))['term_id'];
}
$categories['Elections'] = made(wp_insert_term('Elections', 'category', ['parent' => $categories['Politics']]))['term_id'];
$images = [];
for ($i = 1; $i <= 4; $i++) $images[] = image($i);

$titles = [
  'Harbour bridge reopens after “longest” repair', 'Council votes 7–2 for tram line', 'Rates held as inflation cools',
  'Review: a quiet triumph at the Old Theatre', 'Local side win on penalties', 'Telescope finds water & ice on distant moon',
  'Election: turnout at record high', 'Opinion: slow news is good news', 'Gallery: the storm in pictures',
  'Live: budget day as it happened', 'Überraschung in München: ein Test mit Umlauten', '日本語の見出しテスト',
];
$of = ['Politics', 'Elections', 'Business', 'Culture', 'Sport', 'Science', 'Elections', 'Culture', 'Culture', 'Business', 'Politics', 'Science'];
// Long past, so that no clock makes a future of it, which WordPress would not publish.
$newest = strtotime('2025-01-10 08:00:00 UTC');
foreach ($titles as $i => $title) {
  $number = $i + 1;
  $image = $images[$i % 4];
  $body = block('paragraph', "<p>First paragraph of story $number. It has <strong>bold</strong>, a <a href=\"/2024/01/some-story/\">relative link</a> and an &amp; entity.</p>")
    . figure($image, 'Inline caption')
    . block('heading', '<h2>Background</h2>')
    . block('quote', '<blockquote class="wp-block-quote"><p>A quoted sentence.</p><cite>A source</cite></blockquote>')
    . block('list', '<ul><li>Point one</li><li>Point two</li></ul>');
  if ($title === 'Gallery: the storm in pictures') {
    $pictures = implode('', array_map(fn($image) => figure($image, "Gallery caption $image"), $images));
    $body .= block('gallery', "<figure class=\"wp-block-gallery has-nested-images columns-default is-cropped\">$pictures</figure>")
      . '[gallery ids="' . implode(',', $images) . "\"]\n";
  }
  if ($title === 'Live: budget day as it happened') {
    $body .= block('embed', "<figure class=\"wp-block-embed is-type-video is-provider-youtube\"><div class=\"wp-block-embed__wrapper\">\nhttps://www.youtube.com/watch?v=dQw4w9WgXcQ\n</div></figure>")
      . block('html', "<script>document.title='unfiltered'</script><iframe src=\"https://example.org/embed\"></iframe>")
      . block('paragraph', '<p>Last paragraph of the live report.</p>');
  }
  if ($title === 'Review: a quiet triumph at the Old Theatre') $body .= '<!--nextpage--><p>Second page of the review.</p>';
  $published = $newest - $i * 86400 * 3;
  $post = post($title, $body, $published, [
    'post_excerpt' => $i % 3 === 2 ? '' : "Hand-written standfirst for story $number.",
    'post_author' => 1 + $i % 3,
    'post_category' => array_values(array_unique([$categories[$of[$i]], $categories[$i % 2 ? 'Politics' : $of[$i]]])),
    'tags_input' => array_merge(['city'], $i % 2 ? ['budget', 'tram'] : ['harbour']),
  ]);
  if ($title !== 'Telescope finds water & ice on distant moon') set_post_thumbnail($post, $image);
  if ($i === 0) stick_post($post);
}
post('A password protected story', 'locked body', $newest - 86400 * 60, ['post_password' => 'pw']);
post('A draft nobody may read', 'secret', $newest, ['post_status' => 'draft']);
wp_delete_post(1, true); // "Hello world"
flush_rewrite_rules();

/** The value, unless it is an error. */
function made($value) {
  if (is_wp_error($value)) { fwrite(STDERR, $value->get_error_message() . "\n"); exit(1); }
  return $value;
}

function post($title, $body, $published, $more) {
  $utc = gmdate('Y-m-d H:i:s', $published);
  $post = $more + ['post_title' => $title, 'post_content' => $body, 'post_status' => 'publish', 'post_author' => 1,
    'post_date' => get_date_from_gmt($utc), 'post_date_gmt' => $utc];
  return made(wp_insert_post(wp_slash($post), true));
}

function block($name, $markup) {
  return "<!-- wp:$name -->$markup<!-- /wp:$name -->\n";
}

function figure($image, $caption) {
  $source = wp_get_attachment_image_url($image, 'large');
  return block('image', "<figure class=\"wp-block-image size-large\"><img src=\"$source\" alt=\"\" class=\"wp-image-$image\"/><figcaption>$caption</figcaption></figure>");
}

function image($number) {
  $folder = wp_upload_dir();
  $file = "{$folder['path']}/lead-$number.jpg";
  [$width, $height] = [1600, 900];
  $picture = imagecreatetruecolor($width, $height);
  [$red, $green, $blue] = [40 * $number, 80, 200 - 30 * $number];
  imagefill($picture, 0, 0, imagecolorallocate($picture, $red, $green, $blue));
  for ($i = 0; $i < 40; $i++) {
    $colour = imagecolorallocate($picture, ($red + $i * 5) % 255, ($green + $i * 3) % 255, ($blue + $i * 7) % 255);
    imagefilledellipse($picture, $i * 97 % $width, $i * 61 % $height, 60 + $i * 3, 60 + $i * 3, $colour);
  }
  imagejpeg($picture, $file, 80);
  $image = made(wp_insert_attachment(['post_mime_type' => 'image/jpeg', 'post_title' => "Lead image $number",
    'post_excerpt' => "Caption with <em>markup</em> for lead $number. Photo: Test Agency", 'post_status' => 'inherit',
    'guid' => "{$folder['url']}/lead-$number.jpg"], $file, 0, true));
  wp_update_attachment_metadata($image, wp_generate_attachment_metadata($image, $file));
  update_post_meta($image, '_wp_attachment_image_alt', "Alternative text $number");
  return $image;
}
