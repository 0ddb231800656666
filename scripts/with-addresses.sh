#!/bin/sh
# with-addresses.sh FROM TO COMMAND…: copies a folder of configurations that expand no variables, with REPOSITORY_URL (where this
# repository can be read) and GRAFANA_URL in place of the addresses that stand for them there, and then becomes the command.
set -eu
from=$1 to=$2
shift 2
# `|` parts the halves below; `&` and `\` mean something to sed.
escaped() { printf '%s' "$1" | sed -e 's/[\\&|]/\\&/g' -e 's|/*$||'; }
repository=$(escaped "${REPOSITORY_URL:-https://hourglass.example}")
grafana=$(escaped "${GRAFANA_URL:-http://localhost:3001}")
mkdir -p "$to"
cp -R "$from/." "$to"
find "$to" -type f \( -name '*.tmpl' -o -name '*.json' \) | while IFS= read -r file; do
  sed -e "s|https://hourglass\.example|$repository|g" -e "s|http://localhost:3001|$grafana|g" "$file" > "$file.new"
  mv "$file.new" "$file"
done
exec "$@"
