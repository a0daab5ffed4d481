# The product image: Node 24, sources and packages; only the dashboard is built. PostgreSQL and ClickHouse are named by DATABASE_URL and
# CLICKHOUSE_URL (compose.yaml); without them the embedded stores run on /data.
FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
COPY domain/package.json domain/
COPY statistics/package.json statistics/
COPY server/package.json server/
COPY web/package.json web/
COPY sdk/package.json sdk/
COPY cli/package.json cli/
COPY demo/package.json demo/
COPY bench/package.json bench/
COPY e2e/package.json e2e/
RUN npm ci --omit=dev --no-audit --no-fund

FROM packages AS dashboard
RUN npm ci --no-audit --no-fund
COPY package.json package-lock.json tsconfig.base.json ./
COPY scripts scripts
COPY domain domain
COPY statistics statistics
COPY sdk sdk
COPY web web
RUN node --input-type=module -e "import('/app/scripts/build-web.mjs').then(({ ensureWeb }) => ensureWeb())"

FROM node:24-bookworm-slim
ENV NODE_ENV=production TOUCHSTONE_HOST=0.0.0.0 TOUCHSTONE_DATA=/data
WORKDIR /app
COPY --from=packages /app /app
COPY LICENSE README.md ./
COPY domain domain
COPY statistics statistics
COPY server server
COPY cli cli
COPY --from=dashboard /app/web/dist web/dist
COPY --from=dashboard /app/sdk/dist sdk/dist
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 7700
HEALTHCHECK CMD node -e "fetch('http://127.0.0.1:7700/v1/health').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"
CMD ["node", "server/src/main.ts"]
