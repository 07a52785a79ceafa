#!/bin/sh
# Writes the secrets of this installation once; what exists is never changed.
set -eu
cd "$(dirname "$0")/secrets"
random() { od -An -N32 -tx1 /dev/urandom | tr -d ' \n'; }
make() {
  if [ -e "$1" ]; then echo "kept    $1"; return; fi
  printf '%s' "$2" > "$1"
  # Read inside the containers by users without a name here; the folder is closed to everybody else.
  chmod 0444 "$1"
  echo "written $1"
}
chmod 0711 .
make postgres_password "$(random)"
make redis_password "$(random)"
make grafana_password "$(random)"
make backup_key "$(random)"
make database_url "postgres://ecolocal:$(cat postgres_password)@postgres:5432/ecolocal"
make redis_url "redis://:$(cat redis_password)@redis:6379"
# Where alerts go: put the address of your own webhook here.
make alert_url "http://127.0.0.1:9/nobody-listens"
