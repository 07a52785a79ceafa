#!/bin/bash
# Builds and runs the image without any registry: an engine of our own, and a base image made from Debian packages and the
# Node that runs this repository. Then: hardening seen from inside, health, an upgrade with a live client. Last line: verdict.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d /var/tmp/ecolocal-docker-XXXXXX)
export DOCKER_HOST="unix://$work/docker.sock" DOCKER_CONFIG="$work/config"
# The older builder does for this file too, where the client has no buildx.
DOCKER_BUILDKIT=$(docker buildx version >/dev/null 2>&1 && echo 1 || echo 0)
export DOCKER_BUILDKIT
node=$(node -p process.execPath)
npm=$(dirname "$(readlink -f "$(command -v npm)")")/..
daemon=
finish() {
  docker ps -aq 2>/dev/null | xargs -r docker rm -f >/dev/null 2>&1 || true
  if [ -n "$daemon" ]; then kill "$daemon" 2>/dev/null || true; wait "$daemon" 2>/dev/null || true; fi
  umount "$work"/exec/netns/* "$work"/data/overlay2/*/merged 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
say() { echo "$(date +%T) $*"; }

cat > "$work/daemon.json" <<J
{"data-root":"$work/data","exec-root":"$work/exec","pidfile":"$work/pid","hosts":["$DOCKER_HOST"],
 "bridge":"none","iptables":false,"ip-forward":false,
 "default-ulimits":{"nofile":{"Name":"nofile","Soft":16384,"Hard":16384}}}
J
dockerd --config-file "$work/daemon.json" > "$work/dockerd.log" 2>&1 &
daemon=$!
for _ in $(seq 100); do docker version >/dev/null 2>&1 && break; sleep 0.2; done
docker version --format 'engine {{.Server.Version}}'

say "base image from Debian packages"
mmdebstrap --quiet --variant=minbase --include=ca-certificates,libstdc++6,libatomic1 bookworm - \
  "deb ${ECOLOCAL_DEBIAN_MIRROR:-http://deb.debian.org/debian} bookworm main" \
  "deb ${ECOLOCAL_DEBIAN_SECURITY:-http://deb.debian.org/debian-security} bookworm-security main" > "$work/root.tar"
docker import "$work/root.tar" ecolocal/debian:bookworm >/dev/null
rm "$work/root.tar"
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

say "the image"
docker build -q --network host --build-arg NODE_IMAGE=ecolocal/node-base:24 --build-arg VERSION=v1 \
  -f "$top/deploy/docker/Dockerfile" -t ecolocal/sync-server:v1 "$top" >/dev/null
docker build -q --network host --build-arg NODE_IMAGE=ecolocal/node-base:24 --build-arg VERSION=v2 \
  -f "$top/deploy/docker/Dockerfile" -t ecolocal/sync-server:v2 "$top" >/dev/null
size=$(docker image inspect ecolocal/sync-server:v1 --format '{{.Size}}')

port=$((20000 + RANDOM % 10000))
start() {
  docker run -d --name "$1" --network host --read-only --cap-drop ALL --security-opt no-new-privileges --init \
    --tmpfs /tmp:size=64m --memory 1536m --pids-limit 256 -v ecolocal-data:/data \
    -e ECOLOCAL_SYNC_HOST=127.0.0.1 -e ECOLOCAL_SYNC_PORT=$port -e ECOLOCAL_SYNC_METRICS_PORT=$((port + 1)) \
    -e ECOLOCAL_SYNC_DRAIN_MS=500 "ecolocal/sync-server:$1" --dev-token >/dev/null
  for _ in $(seq 250); do
    [ "$(docker inspect "$1" --format '{{.State.Health.Status}}')" = healthy ] && return
    sleep 0.4
  done
  docker logs "$1"; docker inspect "$1" --format "{{json .State}}"; echo "$1 did not become healthy"; exit 1
}
say "run v1"
start v1
status=$(docker exec v1 cat /proc/self/status)
grep -q 'CapEff:.0000000000000000' <<< "$status"
grep -q 'NoNewPrivs:.1' <<< "$status"
grep -q 'Seccomp:.2' <<< "$status"
[ "$(docker exec v1 id -u)" = 10001 ]
if docker exec v1 touch /app/x 2>/dev/null; then echo "the root file system is writable"; exit 1; fi

say "write, upgrade to v2, read"
cat > "$work/edit.mjs" <<'M'
const [, , mode, url, token] = process.argv;
const { AckingClient } = await import(process.env.CLIENT);
if (mode === "write") {
  const writer = new AckingClient({ url, token }, "v1");
  writer.write();
  await new Promise((resolve) => setTimeout(resolve, 2000));
  console.log(JSON.stringify([...writer.acknowledged]));
  process.exit(0);
}
console.log(JSON.stringify([...(await AckingClient.readAll({ url, token }))]));
M
export CLIENT="$top/apps/sync-server/test/acking-client.ts"
token() { docker logs "$1" 2>/dev/null | head -1 | node -p 'JSON.parse(require("fs").readFileSync(0,"utf8")).token'; }
edit() { (cd "$top" && node --conditions=source "$work/edit.mjs" "$@"); }
edit write "ws://127.0.0.1:$port" "$(token v1)" > "$work/acked.json" &
writer=$!
sleep 1.5
docker exec v1 node apps/sync-server/dist/main.js backup >/dev/null
wait "$writer"
docker stop -t 30 v1 >/dev/null
[ "$(docker inspect v1 --format '{{.State.ExitCode}}')" = 0 ] || { echo "v1 did not stop by itself"; exit 1; }
start v2
edit read "ws://127.0.0.1:$port" "$(token v2)" > "$work/stored.json"
# shellcheck disable=SC2016
verdict=$(node -p 'const r=(f)=>JSON.parse(require("fs").readFileSync(f,"utf8"));const a=r(process.argv[1]),s=new Set(r(process.argv[2]));const l=a.filter((n)=>!s.has(n)).length;if(l||a.length<10)throw new TypeError(`${l} of ${a.length} lost`);`${a.length} acknowledged edits, 0 lost by the upgrade`' "$work/acked.json" "$work/stored.json")

say "patch gate"
pending=$(docker run --rm --network host -u 0 --entrypoint sh ecolocal/sync-server:v2 -c 'apt-get -q update >/dev/null 2>&1; apt-get -s upgrade' | grep -ci '^Inst.*security' || true)
[ "$pending" = 0 ] || { echo "$pending security updates are pending in the image"; exit 1; }
echo "image $((size / 1000000)) MB, uid 10001, no capability, read-only root; $verdict; $pending pending security updates"
