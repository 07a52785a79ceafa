# shellcheck shell=bash disable=SC2154
# An engine that knows nothing of this machine's own: folders, socket, network. Needs $work.
export DOCKER_HOST="unix://$work/docker.sock" DOCKER_CONFIG="$work/config"
daemon=

say() { echo "$(date +%T) $*"; }
fail() { echo "$*" >&2; exit 1; }

start_engine() {
  mkdir -p "$DOCKER_CONFIG/cli-plugins"
  cat > "$work/daemon.json" <<J
{"data-root":"$work/data","exec-root":"$work/exec","pidfile":"$work/pid","hosts":["$DOCKER_HOST"],
 "default-ulimits":{"nofile":{"Name":"nofile","Soft":16384,"Hard":16384}}}
J
  dockerd --config-file "$work/daemon.json" > "$work/dockerd.log" 2>&1 &
  daemon=$!
  for _ in $(seq 100); do docker version >/dev/null 2>&1 && break; sleep 0.2; done
  docker version --format 'engine {{.Server.Version}}' || { tail -20 "$work/dockerd.log"; fail "no engine"; }
  # The older builder does for this Dockerfile too, where the client has no buildx.
  DOCKER_BUILDKIT=$(docker buildx version >/dev/null 2>&1 && echo 1 || echo 0)
  export DOCKER_BUILDKIT
}

stop_engine() {
  docker swarm leave --force >/dev/null 2>&1 || true
  docker ps -aq 2>/dev/null | xargs -r docker rm -f >/dev/null 2>&1 || true
  if [ -n "$daemon" ]; then kill "$daemon" 2>/dev/null || true; wait "$daemon" 2>/dev/null || true; fi
  umount "$work"/exec/netns/* "$work"/data/overlay2/*/merged 2>/dev/null || true
}

# healthy NAME [seconds]
healthy() {
  for _ in $(seq "$((${2:-100} * 2))"); do
    [ "$(docker inspect "$1" --format '{{.State.Health.Status}}')" = healthy ] && return
    sleep 0.5
  done
  docker logs "$1" 2>&1 | tail -20
  fail "$1 did not become healthy"
}

# What the container's own kernel says of it.
confined() {
  local status
  status=$(docker exec "$1" cat /proc/self/status)
  grep -q 'CapEff:.0000000000000000' <<< "$status" || fail "$1 has capabilities"
  grep -q 'NoNewPrivs:.1' <<< "$status" || fail "$1 may gain privileges"
  grep -q 'Seccomp:.2' <<< "$status" || fail "$1 may call everything"
  if docker exec "$1" touch /x 2>/dev/null; then fail "$1 has a writable root file system"; fi
}
