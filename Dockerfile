# BookFinder as an image: docker build -t bookfinder . (how to run it: compose.yaml).
# Without a daemon: buildah bud --isolation chroot --format docker -t bookfinder .
# The version is that of the Node which the project brings for itself; a test keeps the two the same.
ARG NODE_VERSION=26.10.0

# The page, built with packages that the server does not need.
FROM node:${NODE_VERSION}-bookworm-slim AS page
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev
COPY tsconfig.json vite.config.ts ./
COPY scripts/build-web.ts scripts/
COPY server/command-line.ts server/
COPY covers covers
COPY proto/gen proto/gen
COPY web web
RUN node scripts/build-web.ts

# Packages of the server. The optional ones are Node itself, which the image has, and the page's tools.
FROM node:${NODE_VERSION}-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional

FROM node:${NODE_VERSION}-bookworm-slim
# The catalogue, and what is written here. A new volume takes over the folder's owner.
RUN install -d -o 1000 -g 1000 /data
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json ./
COPY covers covers
COPY proto proto
COPY server server
COPY --from=page /app/web/dist web/dist
ENV NODE_ENV=production \
    PORT=8080 \
    BOOKFINDER_DATA=/data \
    BOOKFINDER_LOG_FORMAT=json
# The base image's user "node", by number, so that a cluster's rules can see that it is not root.
USER 1000:1000
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "server/health-cli.ts"]
CMD ["node", "server/main.ts"]
