# shellcheck shell=bash disable=SC2154,SC2034
# docker-compose.yml as a host would use it, profile by profile, with two members who sync through it. Sets $verdict.
plugin_sum=47681197cb2b1ab88206b42a1a92fc75f50d9530a6322d03494a473eed0408ea
plugin_url="${ECOLOCAL_DEBIAN_MIRROR:-http://deb.debian.org/debian}/pool/main/d/docker-compose/docker-compose_2.26.1-4_amd64.deb"

find_compose() {
  docker compose version >/dev/null 2>&1 && return
  # Debian 12 has version 1 only, which knows neither `name` nor `--wait`; the package of Debian 13 runs here as it is.
  curl -fsS -o "$work/compose.deb" "$plugin_url"
  echo "$plugin_sum  $work/compose.deb" | sha256sum -c --quiet
  dpkg -x "$work/compose.deb" "$work/compose"
  cp "$work/compose/usr/libexec/docker/cli-plugins/docker-compose" "$DOCKER_CONFIG/cli-plugins/"
  docker compose version >/dev/null
}

# The file as it is, in a folder of its own because secrets are written beside it.
prepare_tree() {
  mkdir "$work/tree"
  cp "$top/docker-compose.yml" "$work/tree/"
  cp -r "$top/deploy" "$work/tree/deploy" 2>/dev/null || true
  rm -rf "$work/tree/deploy/node_modules"
  cd "$work/tree" || return 1
  # Debian 12 has Caddy 2.6 and Alertmanager 0.25, which lack these settings.
  sed -i '/stream_close_delay/d; /trusted_proxies/d' deploy/caddy/Caddyfile
  sed -i -E 's|url_file: [^,]+,|url: http://127.0.0.1:9/,|' deploy/alertmanager/alertmanager.yml
  deploy/compose/make-secrets.sh >/dev/null
  export ECOLOCAL_IMAGE=ecolocal/sync-server:v1 POSTGRES_IMAGE=stand-in/postgres:1 REDIS_IMAGE=stand-in/redis:1
  export CADDY_IMAGE=stand-in/caddy:1 PROMETHEUS_IMAGE=stand-in/prometheus:1 ALERTMANAGER_IMAGE=stand-in/alertmanager:1
}

up() {
  docker compose "$@" up -d --no-build --wait --wait-timeout 120 2> "$work/up.log" ||
    { tail -20 "$work/up.log"; docker compose "$@" logs --tail 20; fail "compose $* did not come up"; }
}

member() {
  local who=$1
  shift
  HOME="$work/home-$who" XDG_RUNTIME_DIR="$work/home-$who" NODE_EXTRA_CA_CERTS="${ca:-}" \
    node "$top/apps/cli/bin/run.js" "$@" --workspace "$work/home-$who/group"
}

invitation_in() { grep -oE 'ecolocal://join[^" ]+' | head -1; }

# Ada joins with the first invitation, which the log holds, Ben with hers; what she begins he sees.
two_members() {
  local link
  rm -rf "$work/home-ada" "$work/home-ben"
  mkdir "$work/home-ada" "$work/home-ben"
  link=$(docker compose logs --no-log-prefix sync 2>/dev/null | invitation_in || true)
  [ -n "$link" ] || { docker compose logs --no-log-prefix sync | head -5; fail "the first start printed no invitation"; }
  member ada init "$work/home-ada/group" --name Ada >/dev/null
  member ben init "$work/home-ben/group" --name Ben >/dev/null
  member ada sync join "$link" --name Ada --device "Ada's laptop" >/dev/null
  local idea
  idea=$(member ada recommend list --json | node -p 'JSON.parse(require("fs").readFileSync(0,"utf8")).recommendations[0].id')
  member ada recommend accept "$idea" --title "Clean air in the school" >/dev/null
  member ada sync now >/dev/null
  link=$(member ada sync invite --label Ben --json | invitation_in)
  member ben sync join "$link" --name Ben --device "Ben's laptop" >/dev/null
  member ben project show "Clean air in the school" >/dev/null || fail "Ben does not see what Ada began"
}

drill_compose() {
  make_service_images
  find_compose
  prepare_tree
  local began=$SECONDS
  say "docker compose up: the server alone"
  up
  local alone=$((SECONDS - began))
  confined "$(docker compose ps -q sync)"
  [ "$(docker compose ps -q | wc -l)" = 1 ] || fail "more than the server was started"
  say "two members sync"
  two_members
  local together=$((SECONDS - began))
  docker compose restart sync 2>/dev/null
  healthy "$(docker compose ps -q sync)"
  member ben project show "Clean air in the school" >/dev/null
  member ben sync now >/dev/null
  docker compose down -v 2>/dev/null

  say "with PostgreSQL, Redis, TLS and the watchers"
  local all=(--env-file deploy/compose/postgres.env --profile postgres --profile redis --profile caddy)
  export ECOLOCAL_REDIS_URL_FILE=/run/secrets/redis_url ECOLOCAL_HOSTNAME=localhost
  up "${all[@]}"
  docker compose --profile monitoring up -d --no-build prometheus alertmanager 2> "$work/up.log" || { cat "$work/up.log"; fail "the watchers did not start"; }
  for name in sync redis; do confined "$(docker compose "${all[@]}" ps -q $name)"; done
  docker compose exec -T caddy cat /data/caddy/pki/authorities/local/root.crt > "$work/ca.pem"
  ca="$work/ca.pem"
  say "two members sync through TLS"
  two_members
  if docker compose exec -T postgres wget -q -T 3 -O /dev/null http://deb.debian.org/ 2>/dev/null; then fail "the database reaches the internet"; fi
  docker compose exec -T backup node apps/sync-server/dist/main.js backup >/dev/null
  docker compose exec -T backup node apps/sync-server/dist/main.js drill > "$work/drill.json" || { cat "$work/drill.json"; fail "the backup cannot be restored"; }
  local seen=0
  for _ in $(seq 60); do
    docker compose exec -T prometheus wget -q -O - 'http://127.0.0.1:9090/api/v1/query?query=up' 2>/dev/null | grep -q '"ecolocal-sync".*"1"' && seen=1 && break
    sleep 1
  done
  [ $seen = 1 ] || fail "Prometheus does not see the server"
  docker compose exec -T alertmanager wget -q -O /dev/null http://127.0.0.1:9093/-/ready || fail "Alertmanager is not ready"
  docker compose "${all[@]}" --profile monitoring down -v 2>/dev/null
  cd "$top" || return 1
  verdict="healthy after $alone s, two members synced after $together s; PostgreSQL, Redis, Caddy with TLS, Prometheus and Alertmanager up; a backup restored; Grafana not started (not in Debian)"
}
