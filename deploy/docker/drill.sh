#!/bin/bash
# Proves image, compose file and Swarm stack without any registry: an engine of our own in a network of its own, base images
# made from Debian packages and the Node that runs this repository. `drill.sh [image] [compose] [swarm]`; one verdict a part.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d /var/tmp/ecolocal-docker-XXXXXX)
parts=("$@")
[ $# -gt 0 ] || parts=(image compose swarm)
inner=
way_out=
# shellcheck disable=SC2317
finish() {
  if [ -n "$inner" ]; then wait "$inner" 2>/dev/null || true; fi
  if [ -n "$way_out" ]; then kill "$way_out" 2>/dev/null || true; fi
  rm -rf "$work"
}
trap finish EXIT
trap '[ -z "$inner" ] || kill "$inner" 2>/dev/null' INT TERM
chmod 0755 "$work"
# The engine changes firewall rules and bridges: in a network of its own nothing of this machine's is touched.
unshare --net --mount bash "$top/deploy/docker/drill/inside.sh" "$top" "$work" "${parts[@]}" &
inner=$!
sleep 0.5
slirp4netns --configure --mtu=65520 --disable-host-loopback "$inner" tap0 > "$work/slirp.log" 2>&1 &
way_out=$!
status=0
wait "$inner" || status=$?
inner=
exit "$status"
