# shellcheck shell=bash disable=SC2154,SC2034
# The Swarm stack: a good release replaces the old one start-first, a bad one is taken back by itself. Sets $verdict.
service=ecolocal_sync

# state WANTED SECONDS
update_state() {
  local state=
  for _ in $(seq "$2"); do
    state=$(docker service inspect $service --format '{{if .UpdateStatus}}{{.UpdateStatus.State}}{{end}}')
    [[ "$state" == "$1" ]] && return
    sleep 1
  done
  docker service ps $service --no-trunc | head
  fail "the update is $state instead of $1"
}

running() { docker service ps $service --filter desired-state=running --format '{{.Image}} {{.CurrentState}}' | grep -c "^$1 Running" || true; }

database() {
  docker run -d --name swarm-db --network ecolocal-db --read-only --tmpfs /tmp --tmpfs /run/postgresql --shm-size 128m \
    -v swarm-db:/var/lib/postgresql/data -v "$work/password:/run/secrets/password:ro" \
    -e POSTGRES_USER=ecolocal -e POSTGRES_DB=ecolocal -e POSTGRES_PASSWORD_FILE=/run/secrets/password -e POSTGRES_INITDB_ARGS=--data-checksums \
    stand-in/postgres:1 >/dev/null
  for _ in $(seq 60); do docker exec swarm-db psql -U ecolocal -h 127.0.0.1 postgres -c 'select 1' >/dev/null 2>&1 && break; sleep 0.5; done
}

bad_release() {
  mkdir -p "$work/bad"
  printf 'FROM ecolocal/sync-server:v2\nHEALTHCHECK --interval=1s --timeout=1s --start-period=1s --retries=2 CMD ["false"]\n' > "$work/bad/Dockerfile"
  docker build -q -t ecolocal/sync-server:bad "$work/bad" >/dev/null
}

drill_swarm() {
  docker image inspect stand-in/postgres:1 >/dev/null 2>&1 || make_service_images
  say "a swarm of one machine"
  docker swarm init --advertise-addr 10.0.2.100 >/dev/null
  docker network create -d overlay --attachable ecolocal-db >/dev/null
  head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n' > "$work/password"
  chmod 0444 "$work/password"
  database
  printf 'postgres://ecolocal:%s@swarm-db:5432/ecolocal' "$(cat "$work/password")" > "$work/url"
  chmod 0444 "$work/url"
  docker secret create database_url "$work/url" >/dev/null
  docker run --rm --network ecolocal-db -v "$work/url:/run/secrets/database_url:ro" -e DATABASE_URL_FILE=/run/secrets/database_url \
    ecolocal/sync-server:v1 migrate >/dev/null
  say "deploy v1"
  sed 's/^networks:$/networks:\n  ecolocal-db: { external: true }/; s/networks: \[ecolocal\]/networks: [ecolocal, ecolocal-db]/' \
    "$top/deploy/swarm/stack.yml" > "$work/stack.yml"
  ECOLOCAL_IMAGE=ecolocal/sync-server:v1 docker stack deploy --resolve-image never -c "$work/stack.yml" ecolocal >/dev/null
  for _ in $(seq 120); do [ "$(running ecolocal/sync-server:v1)" = 2 ] && break; sleep 1; done
  [ "$(running ecolocal/sync-server:v1)" = 2 ] || { docker service ps $service --no-trunc; fail "v1 does not run twice"; }
  say "a good release"
  docker service update --detach --no-resolve-image --image ecolocal/sync-server:v2 $service >/dev/null
  update_state completed 240
  [ "$(running ecolocal/sync-server:v2)" = 2 ] || fail "v2 does not run twice"
  say "a bad release"
  bad_release
  local began=$SECONDS
  docker service update --detach --no-resolve-image --image ecolocal/sync-server:bad $service >/dev/null
  update_state rollback_completed 240
  local took=$((SECONDS - began))
  [ "$(running ecolocal/sync-server:v2)" = 2 ] || fail "v2 does not run after the rollback"
  curl -fsS -o /dev/null --retry 5 --retry-all-errors http://10.0.2.100:8787/readyz || fail "the service does not answer after the rollback"
  docker stack rm ecolocal >/dev/null
  verdict="v1 to v2 start-first; a bad release taken back by itself after $took s, v2 answers"
}
