#!/bin/bash
# What the drill needs of the public image's entry: a cluster with the password of a file, then the server.
set -euo pipefail
data=/var/lib/postgresql/data
chown -R postgres:postgres "$data" /run/postgresql
if [ ! -s "$data/PG_VERSION" ]; then
  password=$(mktemp)
  cp "$POSTGRES_PASSWORD_FILE" "$password"
  chown postgres "$password"
  # shellcheck disable=SC2086
  setpriv --reuid=postgres --regid=postgres --clear-groups initdb -D "$data" -U "$POSTGRES_USER" \
    --auth=scram-sha-256 --pwfile="$password" $POSTGRES_INITDB_ARGS > /dev/null
  rm "$password"
  echo "create database \"$POSTGRES_DB\"" |
    setpriv --reuid=postgres --regid=postgres --clear-groups postgres --single -D "$data" postgres > /dev/null
  echo "host all all all scram-sha-256" >> "$data/pg_hba.conf"
fi
exec setpriv --reuid=postgres --regid=postgres --clear-groups postgres -D "$data" -c listen_addresses='*'
