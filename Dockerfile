# One recipe for every service: `docker build --build-arg SERVICE=exams -t hourglass/exams .`
# Bases are named with the digest that was looked at; a newer one is a change like any other.
ARG BUILD_IMAGE=docker.io/library/node:20-bookworm-slim@sha256:2cf067cfed83d5ea958367df9f966191a942351a2df77d6f0193e162b5febfc0
ARG RUN_IMAGE=docker.io/library/debian:bookworm-slim@sha256:d5d3f9c23164ea16f31852f95bd5959aad1c5e854332fe00f7b3a20fcc9f635c

# What packages are installed by, and nothing else: a change of code installs nothing anew.
FROM ${BUILD_IMAGE} AS manifests
WORKDIR /build
COPY . .
RUN ["sh", "-c", "mkdir /manifests && cp -R --parents package.json bun.lock bunfig.toml patches */*/package.json /manifests && find /manifests -exec touch -d @0 {} +"]

FROM ${BUILD_IMAGE} AS packages
ENV CI=true
RUN ["npm", "install", "--global", "--no-audit", "--no-fund", "bun@1.4.5"]
WORKDIR /build
COPY --from=manifests /manifests .
RUN ["bun", "install", "--frozen-lockfile", "--ignore-scripts"]

# Pages and all services, built once for all images.
FROM packages AS workspace
COPY . .
RUN ["bun", "run", "build"]
# Apart, so that it is seen which of the two failed.
# hadolint ignore=DL3059
RUN ["sh", "-c", "bun scripts/build-services.ts /out && chmod -R a=rX /out && chmod -R 0700 /out/config && chmod 0755 /out/bun"]

FROM ${RUN_IMAGE}
# First what all services share: it is stored and sent once.
COPY --from=workspace /out/bun /usr/local/bin/bun
# Volumes that are mounted here begin with this owner.
COPY --from=workspace --chown=65532:65532 /out/config /config
WORKDIR /app
# Nobody in particular, by number: Kubernetes checks that it is not root, and numbers it can check.
USER 65532:65532
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 METRICS_PORT=9100 BUN_RUNTIME_TRANSPILER_CACHE_PATH=0
EXPOSE 3000 9100
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s --retries=3 CMD ["bun", "/app/probe.js"]
ENTRYPOINT ["bun", "/app/src/index.js"]
ARG SERVICE
COPY --from=workspace /out/${SERVICE} /app
ARG VERSION=0.0.0
ARG REVISION=unknown
ENV HOURGLASS_VERSION=${VERSION}
LABEL org.opencontainers.image.title="hourglass-${SERVICE}" \
      org.opencontainers.image.description="Hourglass: timed quizzes that count. The service ${SERVICE}." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
