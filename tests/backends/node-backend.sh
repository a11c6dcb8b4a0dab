# What the scripts of the backends that run on Node.js share: `ghost.sh`, `strapi.sh`, `directus.sh`, which source it.
#
# A script sets `name` (its own), `title`, `version`, `port`, `setting` (the variable that changes the port) and `seeds`
# (the files that its content is made of), and has the functions
#   install     puts the program into $program, the present folder
#   configure   writes what the server needs into $state, the present folder; it is called for each start
#   launch      becomes the server, in $state
#   fill        fills a fresh server; its output is kept in the file `key`
#   answers     whether the server answers
# The program lies in a folder of this user's cache, its content in $BACKENDS_DIR, by default a folder of this user under
# the temporary directory.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/gisa
program=${program:-$cache/$name-$version}
state=${BACKENDS_DIR:-${TMPDIR:-/tmp}/gisa-backends-$(id -u)}/$name
root=http://127.0.0.1:$port
# The Node.js of the servers that need a newer one than Debian has.
node_version=22.23.5
own_node=$cache/node-$node_version

mkdir -p "$state" "$program"
cd "$state"

say() { printf '%s.sh: %s\n' "$name" "$*"; }
fail() { printf '%s.sh: %s\n' "$name" "$*" >&2; exit 1; }

# The process of the pid file, if it still is the one that was started here: after a restart of the machine the number
# may be another program's.
running() {
  local pid
  pid=$(cat "$name.pid" 2>/dev/null) || return 1
  [ -r "/proc/$pid/cmdline" ] && tr '\0' ' ' <"/proc/$pid/cmdline" | grep -qF -e "$program" -e "$state"
}

is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; }

# The headers that native modules are compiled against lie beside a node, or where Debian puts them.
node_headers() {
  local folder
  for folder in "$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")" /usr; do
    [ -f "$folder/include/node/node.h" ] && { echo "$folder"; return; }
  done
  fail "the headers of Node.js (include/node/node.h) are missing; on Debian, install libnode-dev"
}

require() {
  local needed
  for needed in "$@"; do
    command -v "$needed" >/dev/null || fail "$needed is missing"
  done
}

# Installs the packages of the package.json that is here. Their own scripts would download binaries from elsewhere.
npm_install() {
  npm install --omit=dev --ignore-scripts --no-audit --no-fund --legacy-peer-deps --loglevel=error >npm.log 2>&1 \
    || { tail -n 15 npm.log >&2; fail "npm can't install the packages of $title, see above"; }
}

# The binary that sqlite3 would download is no package of the registry.
compile_sqlite3() {
  (cd node_modules/sqlite3 && npx --no-install node-gyp rebuild --nodedir="$(node_headers)" >build.log 2>&1) \
    || { tail -n 15 node_modules/sqlite3/build.log >&2; fail "sqlite3 can't be compiled, see above"; }
}

# Puts $own_node first on the PATH; npm has it as a package.
use_own_node() {
  if [ ! -x "$own_node/bin/node" ]; then
    local machine package
    case $(uname -sm) in
      'Linux x86_64') machine=linux-x64 ;;
      'Linux aarch64') machine=linux-arm64 ;;
      *) fail "there is no package of Node.js for $(uname -sm) here" ;;
    esac
    package=$(mktemp -d)
    (cd "$package" && npm pack --silent "node-$machine@$node_version" >/dev/null && tar xzf ./*.tgz) \
      || fail "npm can't download Node.js $node_version"
    mkdir -p "$own_node"
    cp -r "$package/package/include" "$package/package/bin" "$own_node/"
    rm -r "$package"
  fi
  export PATH=$own_node/bin:$PATH
}

# Installs the program once. Two scripts that start with different folders may do so at the same moment.
install_once() {
  (
    exec 8>"$cache/lock"
    flock 8
    [ ! -f "$program/ready" ] || exit 0
    say "installing $title $version into $program (some minutes, once)"
    cd "$program"
    install
    touch ready
  )
}

wanted() { echo "$root $version $(cd "$here" && cat "${seeds[@]}" | cksum)"; }

start() {
  # Two test runs may start it at the same moment.
  exec 9>lock
  flock 9
  if running && answers && [ "$(cat seeded 2>/dev/null)" = "$(wanted)" ]; then
    say "already runs: $root"
    return
  fi
  running || ! is_taken || fail "something else listens on port $port; set $setting to another one"
  install_once
  # Content of another seed, or of a seeding that was broken off, is thrown away.
  if [ "$(cat seeded 2>/dev/null)" != "$(wanted)" ]; then
    stop
    rm -rf content seeded key
  fi
  configure
  if ! running; then
    launch >"$name.log" 2>&1 </dev/null 9>&- &
    echo $! >"$name.pid"
  fi
  local end=$((SECONDS + 180))
  until answers 2>/dev/null; do
    kill -0 "$(cat "$name.pid")" 2>/dev/null || { tail -n 15 "$name.log" >&2; fail "$title ended, see above"; }
    [ $SECONDS -lt $end ] || { tail -n 15 "$name.log" >&2; fail "$title does not answer after three minutes, see above"; }
    sleep 0.2
  done
  if [ ! -f seeded ]; then
    say "filling it"
    fill >key || fail "$title can't be filled, see above"
    wanted >seeded
  fi
  say "runs: $root"
}

stop() {
  if running; then
    local pid
    pid=$(cat "$name.pid")
    kill "$pid"
    for _ in $(seq 100); do running || break; sleep 0.1; done
    ! running || fail "$title (process $pid) does not end"
    say "stopped"
  fi
  rm -f "$name.pid"
}

# Does what the script's argument says.
main() {
  case ${1:-} in
    start) start ;;
    stop) stop ;;
    status) running && answers && [ -f seeded ] && say "runs: $root" ;;
    key) cat key ;;
    reset) stop; rm -rf content seeded key ;;
    *) fail "use start, stop, status, key or reset" ;;
  esac
}
