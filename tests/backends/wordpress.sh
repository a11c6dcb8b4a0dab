#!/bin/bash
# A real WordPress with a few news articles, for the tests: Debian's package (unpacked, not installed), MariaDB and PHP's
# own server, on the loopback interface only.
#
#   wordpress.sh start    downloads and unpacks it once, starts it, waits until its REST API answers
#   wordpress.sh stop     ends what `start` started
#   wordpress.sh status   says whether it runs; fails if it does not
#   wordpress.sh reset    stops it and forgets its content
#
# Everything it writes lies in $BACKENDS_DIR, by default a folder of this user under the temporary directory. The REST
# API is at http://127.0.0.1:$WP_PORT/wp-json, port 8081 unless set. wordpress-counting.php says at which addresses something
# counts views. If $WPP_PLUGIN is the folder of the plugin WordPress Popular Posts, `start` installs it.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
state=${BACKENDS_DIR:-${TMPDIR:-/tmp}/gisa-backends-$(id -u)}
port=${WP_PORT:-8081}
root=http://127.0.0.1:$port
api=$root/wp-json/wp/v2/posts
# A user's PATH often lacks the folders of the servers.
export PATH=$PATH:/usr/sbin:/sbin
export WP_HOST=127.0.0.1:$port

mkdir -p "$state/run"
state=$(cd "$state" && pwd)
socket=$state/run/mysql.sock
cd "$state"

say() { printf 'wordpress.sh: %s\n' "$*"; }
fail() { printf 'wordpress.sh: %s\n' "$*" >&2; exit 1; }

# What a fresh Debian lacks, by package.
require() {
  local missing=() extension
  command -v curl >/dev/null || missing+=(curl)
  command -v mariadbd >/dev/null && command -v mariadb-install-db >/dev/null || missing+=(mariadb-server)
  command -v mariadb >/dev/null && command -v mariadb-admin >/dev/null || missing+=(mariadb-client)
  if command -v php >/dev/null; then
    local modules
    modules=$(php -m)
    for extension in mysqli:php-mysql gd:php-gd dom:php-xml mbstring:php-mbstring curl:php-curl intl:php-intl; do
      grep -qix "${extension%%:*}" <<<"$modules" || missing+=("${extension##*:}")
    done
  else
    missing+=(php-cli php-mysql php-gd php-xml php-mbstring php-curl php-intl)
  fi
  [ ${#missing[@]} -eq 0 ] || fail "this needs Debian packages that are missing; install them with
    apt-get install --no-install-recommends ${missing[*]}"
  [ ${#socket} -lt 100 ] || fail "the path $socket is too long for a socket; set BACKENDS_DIR to a shorter folder"
}

# The process of a pid file, if it still is the one that was started here: after a restart of the machine the number
# may be another program's.
running() {
  local pid
  pid=$(cat "run/$1.pid" 2>/dev/null) || return 1
  [ -r "/proc/$pid/cmdline" ] && tr '\0' ' ' <"/proc/$pid/cmdline" | grep -qF "$state"
}

# Starts a server that outlives this script and holds none of its output.
launch() {
  local name=$1
  shift
  setsid nice -n 5 "$@" >"run/$name.log" 2>&1 </dev/null &
  echo $! >"run/$name.pid"
}

# Waits until a command succeeds: at most a minute, and only as long as the server lives.
await() {
  local name=$1 end=$((SECONDS + 60))
  shift
  until "$@" >/dev/null 2>&1; do
    running "$name" || { tail -n 15 "run/$name.log" >&2; fail "$name ended, see above"; }
    [ $SECONDS -lt $end ] || { tail -n 15 "run/$name.log" >&2; fail "$name does not answer after a minute, see above"; }
    sleep 0.1
  done
}

answers() { curl -fsS --max-time 20 -o /dev/null "$api?per_page=1"; }
database() { mariadb --no-defaults --socket="$socket" --user=root "$@"; }
is_database_up() { mariadb-admin --no-defaults --socket="$socket" --user=root ping; }

unpack() {
  [ -f wp/wp-load.php ] && return
  say "downloading Debian's wordpress"
  rm -rf deb wp
  mkdir deb
  (
    cd deb
    # As root, apt would hand the download to a user who may not write here.
    apt-get -q -o APT::Sandbox::User="$(id -un)" download wordpress libjs-cropper libjs-underscore php-getid3 \
      >../run/download.log 2>&1 || { tail -n 5 ../run/download.log >&2; fail "apt-get download failed, see above; does \`apt-get update\` help?"; }
    for package in *.deb; do dpkg -x "$package" .; done
  )
  # These lead to /etc, which is not unpacked.
  rm -f deb/usr/share/wordpress/.htaccess deb/usr/share/wordpress/wp-config.php
  # A copy without links: WordPress looks for its own files beside those it finds.
  rm -rf unpacked
  cp -rL deb/usr/share/wordpress unpacked
  rm -rf deb
  mkdir -p unpacked/wp-content/uploads
  mv unpacked wp
}

start_database() {
  local account=()
  # MariaDB refuses to run as root by accident.
  [ "$(id -u)" -ne 0 ] || account=(--user=root)
  if [ ! -f run/database-made ]; then
    rm -rf mysql
    mariadb-install-db --no-defaults "${account[@]}" --datadir="$state/mysql" \
      --auth-root-authentication-method=normal --skip-test-db >run/mariadb-install.log 2>&1 </dev/null \
      || { tail -n 15 run/mariadb-install.log >&2; fail "mariadb-install-db failed, see above"; }
    touch run/database-made
  fi
  running mariadb || launch mariadb mariadbd --no-defaults "${account[@]}" --datadir="$state/mysql" --socket="$socket" \
    --pid-file="$state/run/mariadbd.pid" --skip-networking --skip-log-bin --innodb-buffer-pool-size=64M
  await mariadb is_database_up
}

configure() {
  cat >wp/wp-config.php <<PHP
<?php
define('DB_NAME', 'wordpress'); define('DB_USER', 'wp'); define('DB_PASSWORD', 'wp'); define('DB_HOST', 'localhost:$socket');
define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('WP_HOME', '$root'); define('WP_SITEURL', '$root');
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as \$use) { define("{\$use}_KEY", "\$use key"); define("{\$use}_SALT", "\$use salt"); }
define('WP_ENVIRONMENT_TYPE', 'local');
define('DISABLE_WP_CRON', true); define('AUTOMATIC_UPDATER_DISABLED', true); define('WP_HTTP_BLOCK_EXTERNAL', true);
define('WP_DEBUG', false);
\$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
PHP
  cat >run/router.php <<'PHP'
<?php // Real files as they are; everything else (pretty permalinks, /wp-json) is index.php's.
if (preg_match('~^/(counted|counted-by-plugin)(/.*)$~', $_SERVER['REQUEST_URI'], $parts)) {
  [, $_SERVER['GISA_COUNTING'], $_SERVER['REQUEST_URI']] = $parts;
  unset($_SERVER['PATH_INFO']);
}
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH) ?: '/';
$file = $_SERVER['DOCUMENT_ROOT'] . $path;
if ($path !== '/' && (is_file($file) || is_file(rtrim($file, '/') . '/index.php'))) return false;
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = '/index.php';
$_SERVER['SCRIPT_FILENAME'] = $_SERVER['DOCUMENT_ROOT'] . '/index.php';
require $_SERVER['DOCUMENT_ROOT'] . '/index.php';
PHP
  mkdir -p wp/wp-content/mu-plugins
  cp "$here/wordpress-counting.php" wp/wp-content/mu-plugins/
}

# Installs WordPress Popular Posts from $WPP_PLUGIN. It is active only below the path /counted-by-plugin.
install_plugin() {
  [ -n "${WPP_PLUGIN:-}" ] || return 0
  [ -f "$WPP_PLUGIN/wordpress-popular-posts.php" ] || fail "WPP_PLUGIN=$WPP_PLUGIN is not the folder of the plugin: it has no wordpress-popular-posts.php"
  rm -rf wp/wp-content/plugins/wordpress-popular-posts
  cp -r "$WPP_PLUGIN" wp/wp-content/plugins/wordpress-popular-posts
  php -d memory_limit=256M -d display_errors=stderr "$here/wordpress-seed.php" "$state/wp" plugin >run/plugin.log 2>&1 </dev/null \
    || { tail -n 15 run/plugin.log >&2; fail "the plugin can't be activated, see above"; }
  say "installed $(sed -n 's/^ \* \(Version\): */WordPress Popular Posts /p' wp/wp-content/plugins/wordpress-popular-posts/wordpress-popular-posts.php)"
}

# Fills the database, once for each version of the seed. What a seeding that was broken off left is thrown away first.
seed() {
  local wanted
  wanted="$root $(cksum <"$here/wordpress-seed.php")"
  [ "$(cat run/seeded 2>/dev/null)" != "$wanted" ] || return 0
  say "filling it"
  rm -rf run/seeded wp/wp-content/uploads/*
  database -e "DROP DATABASE IF EXISTS wordpress; CREATE DATABASE wordpress CHARACTER SET utf8mb4;
    CREATE USER IF NOT EXISTS wp@localhost IDENTIFIED BY 'wp'; GRANT ALL ON wordpress.* TO wp@localhost;"
  local step
  for step in install seed; do
    php -d memory_limit=256M -d display_errors=stderr "$here/wordpress-seed.php" "$state/wp" "$step" >"run/$step.log" 2>&1 </dev/null \
      || { tail -n 15 "run/$step.log" >&2; fail "wordpress-seed.php failed, see above"; }
  done
  echo "$wanted" >run/seeded
}

start() {
  require
  # Two test runs may start it at the same moment.
  exec 9>run/lock
  flock 9
  if running php && running mariadb && [ -f run/seeded ] && answers; then
    seed_is_current && { configure; install_plugin; say "already runs: $root/wp-json"; return; }
  fi
  running php || ! is_taken || fail "something else listens on port $port; set WP_PORT to another one"
  unpack
  start_database 9>&-
  configure
  seed
  install_plugin
  if ! running php; then
    # One process answers one request at a time; more of them (PHP_CLI_SERVER_WORKERS) would outlive their parent.
    launch php php -d memory_limit=256M -d opcache.enable_cli=1 -S "127.0.0.1:$port" -t "$state/wp" "$state/run/router.php" 9>&-
  fi
  await php answers
  say "REST API: $root/wp-json"
}

is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; }
seed_is_current() { [ "$(cat run/seeded)" = "$root $(cksum <"$here/wordpress-seed.php")" ]; }

stop() {
  local name pid
  for name in php mariadb; do
    if running "$name"; then
      pid=$(cat "run/$name.pid")
      kill "$pid"
      # MariaDB writes its tables before it goes; the next start needs them closed.
      for _ in $(seq 300); do running "$name" || break; sleep 0.1; done
      ! running "$name" || fail "$name (process $pid) does not end"
      say "stopped $name"
    fi
    rm -f "run/$name.pid"
  done
}

case "${1:-start}" in
  start) start ;;
  stop) stop ;;
  status) running php && running mariadb && answers && say "runs: $root/wp-json" || fail "does not run" ;;
  reset) stop; rm -rf mysql wp deb unpacked run ;;
  *) fail "start, stop, status or reset" ;;
esac
