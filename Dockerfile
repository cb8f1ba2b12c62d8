# syntax=docker/dockerfile:1
FROM rust:1.95-slim-bookworm AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends musl-tools \
    && rm -rf /var/lib/apt/lists/* \
    && rustup target add x86_64-unknown-linux-musl
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --release --locked --target x86_64-unknown-linux-musl \
    && cp target/x86_64-unknown-linux-musl/release/show-of-hands /show-of-hands \
    && mkdir /data

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /show-of-hands /show-of-hands
COPY --from=build --chown=nonroot:nonroot /data /data
VOLUME /data
WORKDIR /data
# `docker run … keys dkim` makes the keys that sign mail and prints the DNS records to publish.
ENTRYPOINT ["/show-of-hands"]
CMD ["serve"]
HEALTHCHECK NONE
