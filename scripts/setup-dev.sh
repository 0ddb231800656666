#!/usr/bin/env bash
# Brings a bare Debian, Ubuntu or macOS machine to a running Hourglass in containers. Run it as often as you like: what is there
# already stays as it is.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '\n── %s\n' "$1"; }
has() { command -v "$1" > /dev/null 2>&1; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

install_containers() {
  if docker compose version > /dev/null 2>&1 && docker info > /dev/null 2>&1; then return; fi
  if has podman && has podman-compose; then return; fi
  say 'Installing what runs containers'
  case "$(uname -s)" in
    Darwin)
      has brew || { echo 'Install Homebrew first: it installs the rest.' >&2; exit 1; }
      brew install podman podman-compose
      podman machine inspect > /dev/null 2>&1 || podman machine init --cpus 2 --memory 6144
      podman machine start 2> /dev/null || true
      ;;
    Linux)
      has apt-get || { echo 'Install podman and podman-compose, or Docker with its compose plugin, then run this again.' >&2; exit 1; }
      as_root apt-get update -qq
      as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        podman buildah netavark aardvark-dns iptables uidmap slirp4netns fuse-overlayfs python3-venv openssl
      if [ ! -x "$HOME/.cache/hourglass/podman-compose/bin/podman-compose" ]; then
        python3 -m venv "$HOME/.cache/hourglass/podman-compose"
        "$HOME/.cache/hourglass/podman-compose/bin/pip" install -q podman-compose==1.6.0
      fi
      ;;
    *)
      echo "This script knows Linux and macOS, not $(uname -s)." >&2
      exit 1
      ;;
  esac
}

compose() {
  if docker compose version > /dev/null 2>&1 && docker info > /dev/null 2>&1; then
    docker compose "$@"
  elif has podman-compose; then
    podman-compose "$@"
  else
    "$HOME/.cache/hourglass/podman-compose/bin/podman-compose" "$@"
  fi
}

# Letters and digits alone: it stands in addresses.
secret() { openssl rand -hex 24; }

write_env() {
  if [ -f .env ]; then return; fi
  say 'Writing .env with new passwords'
  umask 077
  sed -e "s|^FIRST_ADMIN_PASSWORD=.*|FIRST_ADMIN_PASSWORD=$(secret)|" \
    -e "s|^POSTGRES_PASSWORD=.*|POSTGRES_PASSWORD=$(secret)|" \
    -e "s|^RABBITMQ_PASSWORD=.*|RABBITMQ_PASSWORD=$(secret)|" \
    -e "s|^MONGODB_PASSWORD=.*|MONGODB_PASSWORD=$(secret)|" .env.example > .env.new
  mv .env.new .env
}

install_containers
write_env
say 'Building the images'
compose --profile core build
say 'Starting'
compose --profile core up -d
# shellcheck disable=SC1091
. ./.env
say "Waiting for $PUBLIC_URL"
for _ in $(seq 120); do
  if curl -fsS "$PUBLIC_URL/health/ready" > /dev/null 2>&1; then
    printf '\nHourglass is at %s; sign in as %s with the password in .env.\nMail is caught at http://localhost:%s.\n' \
      "$PUBLIC_URL" "$FIRST_ADMIN_EMAIL" "${MAIL_PORT:-8025}"
    exit 0
  fi
  sleep 2
done
echo 'It did not become ready within 4 minutes. See: compose --profile core ps, and the logs of what is not healthy.' >&2
exit 1
