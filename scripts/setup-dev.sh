#!/usr/bin/env bash
# Brings a bare machine with Debian 12, Ubuntu 24.04, macOS or newer to a running Hourglass in containers. Run it as often as you
# like: what is there already stays as it is. With --observability also what looks on: --without grafana leaves one of it out.
set -euo pipefail
cd "$(dirname "$0")/.."

compose_version=1.6.0
own_compose="$HOME/.cache/hourglass/podman-compose-$compose_version/bin/podman-compose"

say() { printf '\n── %s\n' "$1"; }
fail() { printf '%s\n' "$1" >&2; exit 1; }
has() { command -v "$1" > /dev/null 2>&1; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; elif has sudo; then sudo "$@"; else fail 'Run this as root, or install sudo.'; fi; }

has_docker() { has docker && docker compose version > /dev/null 2>&1 && docker info > /dev/null 2>&1; }
# Those before 1.3 start everything at once, whatever depends on what.
has_compose() { has podman-compose && podman-compose --version 2> /dev/null | grep -Eq 'podman-compose version (1\.([3-9]|[1-9][0-9])|[2-9])'; }

install_on_macos() {
  has brew || fail 'Install Homebrew first: it installs the rest.'
  brew install podman podman-compose
}

install_on_debian() {
  as_root apt-get update -qq
  apt-cache show netavark > /dev/null 2>&1 || fail 'This system is too old for podman with names between containers. Install Docker with its compose plugin, then run this again.'
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    podman buildah netavark aardvark-dns iptables uidmap slirp4netns fuse-overlayfs ca-certificates python3-venv
  if has_compose || [ -x "$own_compose" ]; then return; fi
  python3 -m venv "${own_compose%/bin/*}"
  "${own_compose%/*}/pip" install -q "podman-compose==$compose_version"
}

install_containers() {
  if has_docker; then return; fi
  if ! has podman || ! { has_compose || [ -x "$own_compose" ]; }; then
    say 'Installing what runs containers'
    case "$(uname -s)" in
      Darwin) install_on_macos ;;
      Linux) if has apt-get; then install_on_debian; else fail 'Install podman, podman-compose 1.3 or newer, or Docker with its compose plugin, then run this again.'; fi ;;
      *) fail "This script knows Linux and macOS, not $(uname -s)." ;;
    esac
  fi
  if [ "$(uname -s)" = Darwin ] && ! podman info > /dev/null 2>&1; then
    podman machine inspect > /dev/null 2>&1 || podman machine init --cpus 2 --memory 6144
    podman machine start
  fi
}

services='students quizzes exams grading notifier'
# In the order in which they may start; the last two wait for others of them.
all_observers='prometheus alertmanager loki tempo node-exporter postgres-exporter redis-exporter mongodb-exporter collector grafana'
observers=''
left_out=''
profiles=(--profile core)

compose() { "${program[@]}" "${profiles[@]}" "$@"; }

read_arguments() {
  while [ $# -gt 0 ]; do
    case "$1" in
      --observability) observers=$all_observers profiles+=(--profile observability) ;;
      --without)
        is_one_of "${2:-}" "$all_observers" || fail "--without takes one of: $all_observers"
        left_out="$left_out $2"
        shift
        ;;
      *) fail "Usage: scripts/setup-dev.sh [--observability [--without NAME]...]" ;;
    esac
    shift
  done
  chosen=''
  for name in $observers; do is_one_of "$name" "$left_out" || chosen="$chosen $name"; done
  observers=$chosen
}

is_one_of() { case " $2 " in *" $1 "*) [ -n "$1" ] ;; *) false ;; esac; }

# What a variable is for compose: the environment's word, else that of .env. It is no shell script: values may hold anything.
setting() { if [ -n "${!1:-}" ]; then printf '%s\n' "${!1}"; else sed -n "s/^$1=//p" .env | tail -n 1; fi; }

container_of() { printf '%s_%s_1' "$project" "$1"; }

image_of() {
  prefix=$(setting IMAGE_PREFIX)
  tag=$(setting IMAGE_TAG)
  printf '%s/%s:%s' "${prefix:-hourglass}" "$1" "${tag:-dev}"
}

ids_of() { for name; do podman image inspect --format '{{.Id}}' "$(image_of "$name")" 2> /dev/null || printf 'no %s\n' "$name"; done; }

build_one() {
  podman build -q ${bases[@]+"${bases[@]}"} "${@:2}" -t "$(image_of "$1")" . > /dev/null
  printf '%s is built\n' "$1"
}

# One after the other: podman-compose builds all at once, each from the start, and needs twice as long. What all are made of is
# built first: while it stays, and what one of them adds to it, the others stay too.
build_by_podman() {
  bases=()
  for base in BUILD_IMAGE RUN_IMAGE; do
    if [ -n "$(setting "$base")" ]; then bases+=(--build-arg "$base=$(setting "$base")"); fi
  done
  before=$(ids_of workspace set-up)
  build_one workspace --target workspace
  build_one set-up --build-arg SERVICE=set-up
  # shellcheck disable=SC2086 # Names, one a word.
  others=$(ids_of $services gateway)
  if [ "$(ids_of workspace set-up)" = "$before" ] && ! grep -q '^no ' <<< "$others"; then return; fi
  for name in $services gateway; do build_one "$name" --build-arg "SERVICE=$name"; done
}

is_ready() {
  if [ "$engine" = docker ]; then compose exec -T "$1" bun /app/probe.js; else podman exec "$(container_of "$1")" bun /app/probe.js; fi
}

until_ready() {
  for turn in $(seq 120); do
    if is_ready "$1" > /dev/null 2>&1; then break; fi
    if [ "$turn" = 120 ]; then
      compose ps >&2 || true
      fail "$1 did not become ready within 4 minutes. Look at its logs, and at those of set-up."
    fi
    sleep 2
  done
  printf '%s is ready\n' "$1"
}

# As its own health check says, which podman runs by itself only where systemd does.
until_healthy() {
  for turn in $(seq 120); do
    if podman healthcheck run "$(container_of "$1")" > /dev/null 2>&1; then break; fi
    if [ "$turn" = 120 ]; then
      podman logs "$(container_of "$1")" >&2 || true
      fail "$1 did not become healthy within 4 minutes. Its log stands above."
    fi
    sleep 2
  done
  printf '%s is healthy\n' "$1"
}

# Runs what ends by itself to its end.
complete() {
  compose up -d --no-build --no-deps "$@"
  for name; do
    if [ "$(podman wait "$(container_of "$name")")" != 0 ]; then
      podman logs "$(container_of "$name")" >&2
      fail "$name failed. What is wrong stands above."
    fi
  done
}

# The order of compose.yaml, step by step: podman before 4.6 does not wait for health, and 4.3 gets lost in who depends on whom.
start_by_podman() {
  complete environment
  compose up -d --no-build --no-deps postgres mongodb redis rabbitmq mail
  complete set-up
  complete students-migrations exams-migrations grading-migrations notifier-migrations
  # shellcheck disable=SC2086 # Names, one a word.
  compose up -d --no-build --no-deps $services
  start_observers_by_podman
  for service in $services; do until_ready "$service"; done
  compose up -d --no-build --no-deps gateway
}

start_observers_by_podman() {
  first=() last=()
  for name in $observers; do
    if is_one_of "$name" 'collector grafana'; then last+=("$name"); else first+=("$name"); fi
  done
  if [ ${#first[@]} -gt 0 ]; then compose up -d --no-build --no-deps "${first[@]}"; fi
  if [ ${#last[@]} = 0 ]; then return; fi
  for name in prometheus loki; do if is_one_of "$name" "$observers"; then until_healthy "$name"; fi; done
  compose up -d --no-build --no-deps "${last[@]}"
}

# Letters and digits alone: it stands in addresses.
secret() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

write_env() {
  if [ -f .env ]; then return; fi
  say 'Writing .env with new passwords'
  (umask 077 && : > .env.new)
  sed -e "s|^FIRST_ADMIN_PASSWORD=.*|FIRST_ADMIN_PASSWORD=$(secret)|" \
    -e "s|^POSTGRES_PASSWORD=.*|POSTGRES_PASSWORD=$(secret)|" \
    -e "s|^RABBITMQ_PASSWORD=.*|RABBITMQ_PASSWORD=$(secret)|" \
    -e "s|^MONGODB_PASSWORD=.*|MONGODB_PASSWORD=$(secret)|" \
    -e "s|^GRAFANA_PASSWORD=.*|GRAFANA_PASSWORD=$(secret)|" .env.example > .env.new
  mv .env.new .env
}

# Where nothing else was decided: where spans go, where the page Reliability asks, where podman keeps containers' output.
write_observability() {
  decide OTEL_EXPORTER_OTLP_ENDPOINT http://collector:4318
  decide PROMETHEUS_URL http://prometheus:9090
  if [ "$engine" = podman ]; then
    decide CONTAINER_LOGS "$(podman info --format '{{.Store.GraphRoot}}/{{.Store.GraphDriverName}}-containers')"
  fi
}

decide() { if [ -z "$(setting "$1")" ]; then printf '%s=%s\n' "$1" "$2" >> .env; fi; }

read_arguments "$@"
install_containers
engine=podman
if has_docker; then engine=docker program=(docker compose)
elif has_compose; then program=(podman-compose)
else program=("$own_compose"); fi
write_env
if [ -n "$observers" ]; then write_observability; fi
project=$(setting COMPOSE_PROJECT_NAME)
project=${project:-hourglass}
say 'Building the images'
if [ "$engine" = docker ]; then compose build; else build_by_podman; fi
say 'Starting'
if [ "$engine" = docker ]; then
  scales=()
  for name in $left_out; do scales+=(--scale "$name=0"); done
  compose up -d ${scales[@]+"${scales[@]}"} || { compose logs environment set-up >&2; fail 'It did not start. What is wrong stands above.'; }
else
  start_by_podman
fi
for service in $services gateway; do until_ready "$service"; done
mail_port=$(setting MAIL_PORT)
printf '\nHourglass is at %s; sign in as %s with the password in .env.\nMail is caught at http://localhost:%s.\n' \
  "$(setting PUBLIC_URL)" "$(setting FIRST_ADMIN_EMAIL)" "${mail_port:-8025}"
if is_one_of grafana "$observers"; then
  grafana_port=$(setting GRAFANA_PORT)
  printf 'Grafana is at http://localhost:%s; sign in as admin with GRAFANA_PASSWORD of .env.\n' "${grafana_port:-3001}"
fi
