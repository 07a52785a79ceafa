# shellcheck shell=bash disable=SC2154
# Images that stand in for public ones. Needs $top, $work and a running engine.
mirror="deb ${ECOLOCAL_DEBIAN_MIRROR:-http://deb.debian.org/debian} bookworm main"
security="deb ${ECOLOCAL_DEBIAN_SECURITY:-http://deb.debian.org/debian-security} bookworm-security main"

# debian_image TAG PACKAGE[,PACKAGE…]; kept in ECOLOCAL_DRILL_CACHE when that is set, to be used again for a day.
debian_image() {
  local kept="${ECOLOCAL_DRILL_CACHE:-$work}/${1//[^a-z]/-}.tar"
  if [ -z "$(find "$kept" -mtime -1 2>/dev/null)" ]; then
    mmdebstrap --quiet --variant=minbase --include="$2" bookworm - "$mirror" "$security" > "$kept.new" 2> "$work/root.log" ||
      { tail "$work/root.log"; fail "no base image $1"; }
    mv "$kept.new" "$kept"
  fi
  docker import "$kept" "$1" >/dev/null
  [ -n "${ECOLOCAL_DRILL_CACHE:-}" ] || rm "$kept"
}

make_node_base() {
  say "base image from Debian packages"
  debian_image ecolocal/debian:bookworm ca-certificates,libstdc++6,libatomic1
  local node npm
  node=$(node -p process.execPath)
  npm=$(dirname "$(readlink -f "$(command -v npm)")")/..
  mkdir "$work/base"
  cp "$node" "$work/base/node"
  cp -rL "$npm" "$work/base/npm"
  cp "$(npm config get cafile 2>/dev/null | grep / || echo /etc/ssl/certs/ca-certificates.crt)" "$work/base/ca.crt"
  cat > "$work/base/Dockerfile" <<D
FROM ecolocal/debian:bookworm
COPY node /usr/local/bin/node
COPY npm /usr/local/lib/node_modules/npm
COPY ca.crt /etc/ssl/own-ca.crt
ENV NODE_EXTRA_CA_CERTS=/etc/ssl/own-ca.crt npm_config_cafile=/etc/ssl/own-ca.crt npm_config_registry=$(npm config get registry)
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
D
  docker build -q --network host -t ecolocal/node-base:24 "$work/base" >/dev/null
}

make_server_images() {
  say "the image, in two versions"
  for version in v1 v2; do
    docker build -q --network host --build-arg NODE_IMAGE=ecolocal/node-base:24 --build-arg VERSION=$version \
      -f "$top/deploy/docker/Dockerfile" -t ecolocal/sync-server:$version "$top" > "$work/build.log" 2>&1 ||
      { tail -20 "$work/build.log"; fail "the image cannot be built"; }
  done
}

# PostgreSQL, Redis, Caddy and the watchers in one Debian image; each public image gets a name and an entry of its own.
make_service_images() {
  say "stand-ins for the other services"
  debian_image ecolocal/services:bookworm postgresql-15,redis-server,caddy,prometheus,prometheus-alertmanager,wget,ca-certificates
  mkdir "$work/services"
  cp "$top/deploy/docker/drill/postgres-entry.sh" "$work/services/"
  cat > "$work/services/Dockerfile" <<'D'
FROM ecolocal/services:bookworm AS postgres
COPY postgres-entry.sh /usr/local/bin/postgres-entry.sh
ENV PATH=/usr/lib/postgresql/15/bin:/usr/local/bin:/usr/bin:/bin
ENTRYPOINT ["/bin/bash", "/usr/local/bin/postgres-entry.sh"]
FROM ecolocal/services:bookworm AS redis
CMD ["redis-server"]
FROM ecolocal/services:bookworm AS caddy
CMD ["caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"]
ENV XDG_CONFIG_HOME=/config XDG_DATA_HOME=/data
FROM ecolocal/services:bookworm AS prometheus
RUN mkdir /prometheus && chown nobody /prometheus
USER nobody
ENTRYPOINT ["/usr/bin/prometheus"]
FROM ecolocal/services:bookworm AS alertmanager
RUN mkdir /alertmanager && chown nobody /alertmanager
USER nobody
ENTRYPOINT ["/usr/bin/prometheus-alertmanager"]
D
  for service in postgres redis caddy prometheus alertmanager; do
    docker build -q --target $service -t "stand-in/$service:1" "$work/services" > "$work/build.log" 2>&1 ||
      { tail "$work/build.log"; fail "no stand-in for $service"; }
  done
}
