<?php
// What counts views in the test's WordPress. wordpress.sh puts this file into wp-content/mu-plugins, and its router says by
// the beginning of the path what counts:
//   /counted/wp-json            what stands below, which obeys the documented parameters of WordPress Popular Posts 6.4
//   /counted-by-plugin/wp-json  that plugin itself, where $WPP_PLUGIN named its folder when WordPress was started
//   /wp-json                    nothing
$counting = $_SERVER['GISA_COUNTING'] ?? '';

if ($counting === 'counted-by-plugin') {
  add_filter('option_active_plugins', fn($active) => [...(array) $active, 'wordpress-popular-posts/wordpress-popular-posts.php']);
  // It would keep each answer for a minute.
  add_filter('option_wpp_settings_config', function ($settings) {
    $settings['tools']['cache']['active'] = false;
    return $settings;
  });
}

add_action('rest_api_init', function () use ($counting) {
  $open = ['permission_callback' => '__return_true'];
  // For tests: nothing was viewed yet.
  register_rest_route('gisa-test/v1', '/views', $open + ['methods' => 'DELETE', 'callback' => function () {
    global $wpdb;
    delete_option('gisa_views');
    foreach (['data', 'summary'] as $name) {
      $table = "{$wpdb->prefix}popularposts$name";
      if ($wpdb->get_var("SHOW TABLES LIKE '$table'")) $wpdb->query("TRUNCATE TABLE $table");
    }
    return true;
  }]);
  if ($counting !== 'counted') return;
  $id = ['id' => ['type' => 'integer', 'minimum' => 1]];
  register_rest_route('wordpress-popular-posts/v2', '/views/(?P<id>\d+)', [
    $open + ['methods' => 'POST', 'args' => $id, 'callback' => function ($request) {
      update_option('gisa_views', [...get_option('gisa_views', []), [$request['id'], time()]]);
      return new WP_REST_Response(['results' => 'WPP: OK. Execution time: 0.001 seconds'], 201);
    }],
    $open + ['methods' => 'GET', 'args' => $id, 'callback' => fn($request) => ['text' => (views()[$request['id']] ?? 0) . ' views']],
  ]);
  $ranges = ['last24hours' => DAY_IN_SECONDS, 'last7days' => 7 * DAY_IN_SECONDS, 'last30days' => 30 * DAY_IN_SECONDS, 'all' => PHP_INT_MAX];
  register_rest_route('wordpress-popular-posts/v1', '/popular-posts', $open + [
    'methods' => 'GET',
    'args' => [
      'range' => ['type' => 'string', 'enum' => array_keys($ranges), 'default' => 'last24hours'],
      'limit' => ['type' => 'integer', 'minimum' => 1, 'default' => 10],
    ],
    'callback' => function ($request) use ($ranges) {
      $posts = new WP_REST_Posts_Controller('post');
      $ranked = [];
      foreach (array_slice(views($ranges[$request['range']]), 0, $request['limit'], true) as $id => $count) {
        $post = get_post($id);
        if (!$post || $post->post_status !== 'publish') continue;
        $answer = $posts->prepare_item_for_response($post, $request);
        $answer->data['pageviews'] = (string) $count;
        $ranked[] = $posts->prepare_response_for_collection($answer);
      }
      return $ranked;
    },
  ]);
});

/** How often each post was viewed in the last seconds, the most viewed first. */
function views($seconds = PHP_INT_MAX) {
  $recent = array_filter(get_option('gisa_views', []), fn($view) => time() - $view[1] < $seconds);
  $counts = array_count_values(array_column($recent, 0));
  arsort($counts);
  return $counts;
}
