# The program in a container. Written and read with care, but not built or run by this project's tests: there is no Docker there.

# The style sheets and scripts.
FROM node:22-alpine AS assets
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund
COPY templates/assets templates/assets
RUN npm run build

# One static binary with everything in it.
FROM golang:1.26-alpine AS build
WORKDIR /src
ENV CGO_ENABLED=0 GOFLAGS=-buildvcs=false
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=assets /src/templates/static templates/static
RUN go build -trimpath -ldflags='-s -w' -o /ssph ./cmd/ssph

# What runs: the binary, the authorities for TLS to the mail server and Stripe, and a user without rights. The time zones are in the binary.
FROM alpine:3.22
RUN apk add --no-cache ca-certificates \
 && addgroup -S -g 10001 ssph && adduser -S -u 10001 -G ssph -h /data ssph \
 && install -d -o ssph -g ssph -m 0700 /data
COPY --from=build /ssph /usr/local/bin/ssph
USER ssph
WORKDIR /data
VOLUME /data
# Production listens on every address of the container. Demo and development refuse to: see docker-compose.yml.
ENV SSPH_DATA_DIR=/data SSPH_ADDR=0.0.0.0:8080
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 CMD wget -q -O /dev/null http://127.0.0.1:8080/readyz || exit 1
ENTRYPOINT ["ssph"]
CMD ["serve"]
