# syntax=docker/dockerfile:1

# Both can be replaced, by a mirror's copy or another Node that package.json allows.
ARG BUILD_IMAGE=node:24-bookworm-slim
ARG RUNTIME_IMAGE=gcr.io/distroless/nodejs24-debian12:nonroot

FROM ${BUILD_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY packages/demo-city/package.json packages/demo-city/
COPY packages/embedded-kafka/package.json packages/embedded-kafka/
# What the lock file says, to the byte.
RUN npm ci --include=dev
COPY . .
RUN node scripts/run.mjs assemble /assembled && mkdir /data /secrets

# Node and what it needs, nothing else: no shell, no npm, no compiler.
FROM ${RUNTIME_IMAGE}
WORKDIR /app
COPY --from=build /assembled ./
# The embedded log, where no Kafka is given; PostgreSQL is not in here, so DATABASE_URL must be. uid 65532 is the image's own `nonroot`.
COPY --from=build --chown=65532:65532 /data /data
# Where the stack keeps its secrets: a volume that is mounted here belongs to the same user.
COPY --from=build --chown=65532:65532 /secrets /secrets
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data NEXT_TELEMETRY_DISABLED=1
USER 65532:65532
EXPOSE 3000
VOLUME /data
# Ready: its database and its log answer, and its consumers have joined their groups.
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=6 \
  CMD ["/nodejs/bin/node", "-e", "fetch('http://127.0.0.1:'+(process.env.PORT||3000)+'/readyz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
# The app itself is process 1: it obeys SIGTERM, and its children end with it. The young generation: docs/decisions/0042.
ENTRYPOINT ["/nodejs/bin/node", "--enable-source-maps", "--max-semi-space-size=32"]
CMD ["dist/server.js"]
