# A whole system on scratch data, for benchmarks. Sourced after lib.sh; it is stopped and its data deleted when the script ends.

scratch=$(mktemp -d "${TMPDIR:-/tmp}/kreislauf-scratch.XXXXXX")
scratch_pid=
export KREISLAUF_HOME=$scratch/home
KREISLAUF_HTTP_PORT=$(free_port)
export KREISLAUF_HTTP_PORT

# Starts deploy/run on the scratch data, and returns when it is ready; scratch_seconds then tells how long that took.
scratch_start() {
  local began
  began=$(date +%s.%N)
  "$root/deploy/run" >"$scratch/out" 2>"$scratch/err" </dev/null &
  scratch_pid=$!
  while [ ! -f "$KREISLAUF_HOME/url" ]; do
    kill -0 "$scratch_pid" 2>/dev/null || { cat "$scratch/err" >&2; die "the scratch system did not start"; }
    sleep 0.1
  done
  # shellcheck disable=SC2034 # for who sources this
  scratch_seconds=$(echo "$(date +%s.%N) $began" | awk '{ printf "%.1f", $1 - $2 }')
}

scratch_stop() {
  [ -n "$scratch_pid" ] || return 0
  kill -TERM "$scratch_pid" 2>/dev/null || true
  wait "$scratch_pid" || true
  scratch_pid=
}

trap 'scratch_stop; rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
