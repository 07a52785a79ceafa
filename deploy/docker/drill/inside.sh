#!/bin/bash
# Runs inside the network that ../drill.sh made.
set -euo pipefail
export top=$1 work=$2
shift 2
for _ in $(seq 100); do ip route show default 2>/dev/null | grep -q tap0 && break; sleep 0.1; done
echo "nameserver 10.0.2.3" > "$work/resolv.conf"
mount --bind "$work/resolv.conf" /etc/resolv.conf
# shellcheck source=deploy/docker/drill/engine.sh
. "$top/deploy/docker/drill/engine.sh"
trap stop_engine EXIT
trap 'exit 130' INT TERM
start_engine
# shellcheck source=deploy/docker/drill/images.sh
. "$top/deploy/docker/drill/images.sh"
make_node_base
make_server_images
verdicts=()
for part in "$@"; do
  # shellcheck source=/dev/null
  . "$top/deploy/docker/drill/$part.sh"
  "drill_$part"
  # shellcheck disable=SC2154
  verdicts+=("$part: $verdict")
done
printf '%s\n' "${verdicts[@]}"
