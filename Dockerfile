# The servers are PostgreSQL and Redis of the compose file: this image has no embedded ones.
FROM python:3.11-slim AS build
WORKDIR /src
COPY requirements.lock pyproject.toml README.md LICENSE ./
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY monitor monitor
COPY workers workers
COPY models models
COPY config config
RUN /venv/bin/pip install --no-cache-dir --no-deps .

FROM python:3.11-slim
RUN useradd --system --uid 10001 --create-home --home-dir /home/counterclaim counterclaim
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER counterclaim
WORKDIR /home/counterclaim
EXPOSE 8000
CMD ["uvicorn", "monitor.web.app:create_app", "--factory", "--host", "0.0.0.0", "--port", "8000", "--no-server-header"]
