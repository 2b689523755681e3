# 有据作为容器 有据 as a container:  docker build -t youju .  &&  docker run --read-only --tmpfs /tmp -p 8501:8501 youju
# Steps and settings: docs/hosting.md. What is copied is what the page reads; nothing is extracted or written in it.
FROM python:3.13.9-slim-trixie

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    HOME=/tmp
WORKDIR /youju

COPY requirements.txt ./
RUN pip install -r requirements.txt

COPY .streamlit/config.toml .streamlit/config.toml
COPY extract extract
COPY curated curated
COPY dashboard dashboard
COPY seeds seeds

USER 10001:10001
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "-c", "import sys, urllib.request as u; sys.exit(u.urlopen('http://127.0.0.1:8501/_stcore/health', timeout=4).read() != b'ok')"]
CMD ["python", "-m", "streamlit", "run", "dashboard/server.py", "--server.address=0.0.0.0", "--server.port=8501", "--server.headless=true"]
