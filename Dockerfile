# The images of Family PR: `ours` (site and dispatcher), `font-bakery`, `browsers`.
# Checked by a linter only; no container engine was at hand. See docker-compose.yml.

FROM node:22-bookworm-slim AS assets
WORKDIR /app/web
COPY web/package.json web/package-lock.json ./
RUN npm ci --ignore-scripts --omit=dev --no-audit --no-fund

FROM python:3.11-slim-bookworm AS packages
WORKDIR /app
COPY requirements.lock ./
RUN python -m venv .venv \
    && .venv/bin/pip install --no-cache-dir --require-hashes --no-deps -r requirements.lock

FROM python:3.11-slim-bookworm AS font-bakery-packages
WORKDIR /app
COPY activities/adapters/font_bakery/requirements.txt ./
RUN python -m venv .tools/font-bakery \
    && .tools/font-bakery/bin/pip install --no-cache-dir --require-hashes --no-deps -r requirements.txt

FROM python:3.11-slim-bookworm AS ours
# Debian's security updates matter more than one exact version.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --create-home family-pr \
    && install -d -o family-pr /state
WORKDIR /app
COPY --from=packages /app/.venv .venv
COPY --from=assets /app/web/node_modules web/node_modules
COPY pyproject.toml worker.py ./
COPY workflows workflows
COPY activities activities
COPY web web
COPY local local
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    STATE_DIR=/state
USER 10001
CMD ["python", "worker.py"]

FROM ours AS font-bakery
COPY --from=font-bakery-packages /app/.tools/font-bakery .tools/font-bakery
ENV FONT_BAKERY_PYTHON=/app/.tools/font-bakery/bin/python

FROM ours AS browsers
USER 0
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends chromium \
    && rm -rf /var/lib/apt/lists/*
ENV CHROMIUM=/usr/bin/chromium
USER 10001
