# Shared by the scripts in deploy/. Sourced by bash, never run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
export KREISLAUF_HOME=${KREISLAUF_HOME:-$root/.kreislauf}
case $KREISLAUF_HOME in /*) ;; *) KREISLAUF_HOME=$PWD/$KREISLAUF_HOME ;; esac

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# The major version of the JDK in a directory, or nothing if there is no compiler in it.
jdk_version() {
  [ -x "$1/bin/javac" ] || return 0
  "$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9][0-9]*\).*/\1/p'
}

# Sets JAVA_HOME to a JDK of version 25 or later, wherever the usual installers put one.
find_jdk() {
  local candidate version
  local on_path
  on_path=$(command -v javac || true)
  [ -z "$on_path" ] || on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
  for candidate in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* /opt/jdk* /opt/java/* \
      /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
      /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$candidate" ] && [ -d "$candidate" ] || continue
    version=$(jdk_version "$candidate")
    if [ -n "$version" ] && [ "$version" -ge 25 ]; then
      export JAVA_HOME=$candidate
      return
    fi
  done
  die "Kreislauf needs a JDK 25 or later and finds none. Install one (https://adoptium.net), or set JAVA_HOME to it."
}

check_node() {
  local version
  version=$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/')
  [ -n "$version" ] && [ "$version" -ge 20 ] || die "The web pages are built with Node 20 or later; found: ${version:-none}. Install it from https://nodejs.org or your distribution."
  command -v npm >/dev/null || die "The web pages are built with npm, which is missing: install it beside Node."
}

# Maven: the one on the path if it is new enough, otherwise the pinned wrapper, which fetches its own.
maven() {
  local version
  # Maven's own libraries do what newer JDKs warn of; that is no news to who waits for a build.
  export MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"
  version=$(mvn --version 2>/dev/null | sed -n 's/.*Apache Maven \([0-9]*\)\.\([0-9]*\).*/\1 \2/p') || true
  if [ -n "$version" ] && [ "${version% *}" -eq 3 ] && [ "${version#* }" -ge 8 ]; then
    mvn --batch-mode --no-transfer-progress "$@"
  else
    "$root/mvnw" --batch-mode --no-transfer-progress "$@"
  fi
}

# Whether any of the sources (a directory counts with what is in it) is newer than the stamp. The directory of the web pages itself is not asked: a build puts
# its own directories there.
is_stale() {
  local stamp=$1
  shift
  [ -e "$stamp" ] || return 0
  [ -n "$(find "$@" \( -name node_modules -o -name dist -o -name target \) -prune -o -newer "$stamp" ! -path "$root/src/main/webui" -print 2>/dev/null | head -n 1)" ]
}

# Runs a build if its sources changed; the stamp bears the time at which the build began, so that an edit meanwhile is not missed.
build_if_stale() {
  local what=$1 stamp=$2 sources=$3
  shift 3
  # shellcheck disable=SC2086 # several paths
  is_stale "$stamp" $sources || return 0
  say "building $what"
  # Not beside the stamp: a build may begin by emptying its directory.
  local began
  began=$(mktemp)
  "$@" || die "Building $what failed; the lines above say why."
  mv "$began" "$stamp"
}

build_local() {
  build_if_stale "the local stack (PostgreSQL, Kafka, Keycloak)" "$root/deploy/local/target/built" "$root/deploy/local/pom.xml $root/deploy/local/src" \
    maven --quiet --file "$root/deploy/local/pom.xml" package >&2
}

build_application() {
  [ ! -f "$root/src/main/webui/package.json" ] || check_node
  build_if_stale "the application" "$root/target/built" "$root/pom.xml $root/src/main" \
    maven --quiet --file "$root/pom.xml" -DskipTests -Dmaven.test.skip=true package >&2
}

# A small JVM with the classes of deploy/local.
local_java() {
  local target=$root/deploy/local/target
  exec "$JAVA_HOME/bin/java" -Xmx48m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$target/kreislauf-local.jar:$target/launcher/*" "$@"
}

# The running system, and the token of who asks it: of an operator of the demo, unless KREISLAUF_URL and KREISLAUF_TOKEN say otherwise.
find_running() {
  find_jdk
  build_local
  url=${KREISLAUF_URL:-$(cat "$KREISLAUF_HOME/url" 2>/dev/null || die "nothing runs in $KREISLAUF_HOME: start deploy/run, or set KREISLAUF_URL")}
  export KREISLAUF_TOKEN=${KREISLAUF_TOKEN:-$("$root/deploy/token" "${KREISLAUF_OPERATOR:-otto}")}
}

# Says who has a taken port, as far as this user may know.
check_port() {
  local port=$1 holder
  (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || return 0
  holder=$(port_holder "$port")
  die "Port $port is taken${holder:+ by $holder}. Stop that program, or choose another port: KREISLAUF_HTTP_PORT=8081 deploy/run"
}

# Which process listens on a port, as /proc tells it; nothing if that process is none of ours to see.
port_holder() {
  local inode held pid
  inode=$(awk -v port="$(printf ':%04X' "$1")" '$4 == "0A" && substr($2, length($2) - 4) == port { print $10; exit }' /proc/net/tcp /proc/net/tcp6 2>/dev/null)
  [ -n "$inode" ] || return 0
  held=$(find /proc/[0-9]*/fd -lname "socket:\[$inode\]" -print -quit 2>/dev/null || true)
  pid=${held#/proc/}
  pid=${pid%%/*}
  [ -z "$pid" ] || echo "process $pid ($(tr '\0' ' ' <"/proc/$pid/cmdline" | cut -c1-120 | sed 's/ *$//'))"
}

free_port() {
  local port
  for _ in $(seq 100); do
    port=$((20000 + RANDOM % 10000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
  die "no free port"
}
