# shellcheck shell=bash disable=SC2154,SC2034
# Built, hardened, healthy, and upgraded under a writing client. Sets $verdict.
run_version() {
  docker run -d --name "$1" --network host --read-only --cap-drop ALL --security-opt no-new-privileges --init \
    --tmpfs /tmp:size=64m --memory 1536m --pids-limit 256 -v ecolocal-data:/data \
    -e ECOLOCAL_SYNC_HOST=127.0.0.1 -e ECOLOCAL_SYNC_PORT=18787 -e ECOLOCAL_SYNC_METRICS_PORT=18788 \
    -e ECOLOCAL_SYNC_DRAIN_MS=500 "ecolocal/sync-server:$1" --dev-token >/dev/null
  healthy "$1"
}

token_of() {
  docker logs "$1" 2>/dev/null | head -1 | node -p 'JSON.parse(require("fs").readFileSync(0,"utf8")).token'
}

edit() {
  (cd "$top" && node --conditions=source deploy/docker/drill/edit.ts "$1" ws://127.0.0.1:18787 "$2")
}

drill_image() {
  say "run v1"
  run_version v1
  confined v1
  [ "$(docker exec v1 id -u)" = 10001 ] || fail "it does not run as 10001"
  say "write, upgrade to v2, read"
  edit write "$(token_of v1)" > "$work/acked.json" &
  local writer=$!
  sleep 1.5
  docker exec v1 node apps/sync-server/dist/main.js backup >/dev/null
  wait "$writer"
  docker stop -t 30 v1 >/dev/null
  [ "$(docker inspect v1 --format '{{.State.ExitCode}}')" = 0 ] || fail "v1 did not stop by itself"
  run_version v2
  edit read "$(token_of v2)" > "$work/stored.json"
  local kept
  # shellcheck disable=SC2016
  kept=$(node -p 'const r=(f)=>JSON.parse(require("fs").readFileSync(f,"utf8"));const a=r(process.argv[1]),s=new Set(r(process.argv[2]));const l=a.filter((n)=>!s.has(n)).length;if(l||a.length<10)throw new TypeError(`${l} of ${a.length} lost`);`${a.length} acknowledged edits, 0 lost by the upgrade`' "$work/acked.json" "$work/stored.json")
  say "patch gate"
  local pending
  pending=$(docker run --rm --network host -u 0 --entrypoint sh ecolocal/sync-server:v2 -c \
    'apt-get -q update >/dev/null 2>&1; apt-get -s upgrade' | grep -ci '^Inst.*security' || true)
  [ "$pending" = 0 ] || fail "$pending security updates are pending in the image"
  docker rm -f v1 v2 >/dev/null
  local size
  size=$(docker image inspect ecolocal/sync-server:v1 --format '{{.Size}}')
  verdict="$((size / 1000000)) MB, uid 10001, no capability, read-only root; $kept; $pending pending security updates"
}
