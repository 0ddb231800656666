set -e
data=/var/lib/postgresql/data
if [ ! -f "$data/PG_VERSION" ]; then
  printf '%s\n' "$POSTGRES_PASSWORD" > /tmp/password
  initdb -D "$data" -U postgres -A scram-sha-256 --pwfile /tmp/password -E UTF8 --locale=C > /dev/null
  rm /tmp/password
  echo 'host all all all scram-sha-256' >> "$data/pg_hba.conf"
fi
exec postgres -D "$data" -c listen_addresses='*' -c unix_socket_directories=/tmp
