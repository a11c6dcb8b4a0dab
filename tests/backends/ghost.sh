#!/usr/bin/env bash
# A real Ghost with a few news articles, for the tests: from npm, with sqlite3, on the loopback interface only.
#
#   ghost.sh start    downloads and builds it once (some minutes), starts it, waits until its Content API answers
#   ghost.sh stop     ends what `start` started
#   ghost.sh status   says whether it runs; fails if it does not
#   ghost.sh key      prints the public key of its Content API
#   ghost.sh reset    stops it and forgets its content
#
# The program lies in $GISA_GHOST, by default a folder of this user's cache; its content in $BACKENDS_DIR, by default a
# folder of this user under the temporary directory. The API is at http://127.0.0.1:$GHOST_PORT/ghost/api/content, port
# 2368 unless set.
set -euo pipefail

version=5.130.6
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
program=${GISA_GHOST:-${XDG_CACHE_HOME:-$HOME/.cache}/gisa/ghost-$version}
state=${BACKENDS_DIR:-${TMPDIR:-/tmp}/gisa-backends-$(id -u)}/ghost
port=${GHOST_PORT:-2368}
root=http://127.0.0.1:$port

mkdir -p "$state" "$program"
cd "$state"

say() { printf 'ghost.sh: %s\n' "$*"; }
fail() { printf 'ghost.sh: %s\n' "$*" >&2; exit 1; }

# The process of the pid file, if it still is the one that was started here.
running() {
  local pid
  pid=$(cat ghost.pid 2>/dev/null) || return 1
  [ -r "/proc/$pid/cmdline" ] && tr '\0' ' ' <"/proc/$pid/cmdline" | grep -qF "$program"
}

is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; }
answers() { curl -fsS --max-time 20 -o /dev/null "$root/ghost/api/admin/site/"; }

# The headers that sqlite3 is compiled against lie beside the node that runs here, or where Debian puts them.
node_headers() {
  local folder
  for folder in "$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")" /usr; do
    [ -f "$folder/include/node/node.h" ] && { echo "$folder"; return; }
  done
  fail "the headers of Node.js (include/node/node.h) are missing; on Debian, install libnode-dev"
}

install() {
  [ -f "$program/ready" ] && return
  local needed
  for needed in node npm curl python3 make g++; do
    command -v "$needed" >/dev/null || fail "$needed is missing"
  done
  say "installing Ghost $version into $program (some minutes, once)"
  cd "$program"
  rm -rf package
  npm pack --silent "ghost@$version" >/dev/null || fail "npm can't download ghost@$version"
  tar xzf "ghost-$version.tgz"
  rm "ghost-$version.tgz"
  cd package
  # Its development dependencies, which nobody needs here, are not all in the registry; npm reads them even to leave
  # them out. Yarn's `resolutions` are npm's `overrides`, but for patterns.
  node -e '
    const fs = require("fs");
    const manifest = JSON.parse(fs.readFileSync("package.json"));
    delete manifest.devDependencies;
    const pinned = Object.entries(manifest.resolutions ?? {}).filter(([name]) => !name.includes("*"));
    delete manifest.resolutions;
    manifest.overrides = Object.fromEntries(pinned);
    fs.writeFileSync("package.json", JSON.stringify(manifest, null, 2));'
  npm install --omit=dev --ignore-scripts --no-audit --no-fund --legacy-peer-deps --loglevel=error >npm.log 2>&1 \
    || { tail -n 15 npm.log >&2; fail "npm can't install Ghost's packages, see above"; }
  # The binary that sqlite3 would download is no package of the registry.
  (cd node_modules/sqlite3 && npx --no-install node-gyp rebuild --nodedir="$(node_headers)" >build.log 2>&1) \
    || { tail -n 15 node_modules/sqlite3/build.log >&2; fail "sqlite3 can't be compiled, see above"; }
  touch "$program/ready"
  cd "$state"
}

configure() {
  local folder
  for folder in adapters data files images logs media public settings themes; do mkdir -p "content/$folder"; done
  [ -d content/themes/source ] || cp -r "$program/package/content/themes/source" content/themes/
  # Ghost looks for itself under this name.
  ln -sfn "$program/package" current
  cat >config.development.json <<JSON
{
  "url": "$root",
  "server": { "host": "127.0.0.1", "port": $port },
  "database": { "client": "sqlite3", "useNullAsDefault": true, "connection": { "filename": "$state/content/data/ghost.db" } },
  "paths": { "contentPath": "$state/content" },
  "mail": { "transport": "stub" },
  "security": { "staffDeviceVerification": false },
  "privacy": { "useUpdateCheck": false, "useGravatar": false, "useRpcPing": false, "useStructuredData": false },
  "logging": { "level": "error", "transports": ["stdout"] },
  "process": "local"
}
JSON
}

wanted() { echo "$root $(cksum <"$here/ghost-seed.mjs")"; }

start() {
  # Two test runs may start it at the same moment.
  exec 9>lock
  flock 9
  if running && answers && [ "$(cat seeded 2>/dev/null)" = "$(wanted)" ]; then
    say "already runs: $root/ghost/api/content"
    return
  fi
  running || ! is_taken || fail "something else listens on port $port; set GHOST_PORT to another one"
  install
  # Content of another seed, or of a seeding that was broken off, is thrown away.
  if [ "$(cat seeded 2>/dev/null)" != "$(wanted)" ]; then
    stop
    rm -rf content seeded key
  fi
  configure
  if ! running; then
    NODE_ENV=development setsid nice -n 5 node "$program/package/index.js" >ghost.log 2>&1 </dev/null 9>&- &
    echo $! >ghost.pid
  fi
  local end=$((SECONDS + 120))
  until answers 2>/dev/null; do
    running || { tail -n 15 ghost.log >&2; fail "Ghost ended, see above"; }
    [ $SECONDS -lt $end ] || { tail -n 15 ghost.log >&2; fail "Ghost does not answer after two minutes, see above"; }
    sleep 0.2
  done
  if [ ! -f seeded ]; then
    say "filling it"
    node "$here/ghost-seed.mjs" "$root" >key || fail "ghost-seed.mjs failed, see above"
    wanted >seeded
  fi
  say "Content API: $root/ghost/api/content/posts/?key=$(cat key)"
}

stop() {
  if running; then
    local pid
    pid=$(cat ghost.pid)
    kill "$pid"
    for _ in $(seq 100); do running || break; sleep 0.1; done
    ! running || fail "Ghost (process $pid) does not end"
    say "stopped"
  fi
  rm -f ghost.pid
}

case ${1:-} in
  start) start ;;
  stop) stop ;;
  status) running && answers && [ -f seeded ] && say "runs: $root" ;;
  key) cat key ;;
  reset) stop; rm -rf content seeded key ;;
  *) fail "use start, stop, status, key or reset" ;;
esac
