"""The dashboard behind a link that strangers open: `streamlit run dashboard/server.py [-- --root DIR]`.

The same page as `dashboard/app.py`, with what only the server can add: headers that let nothing from elsewhere run
or load, and a title, description and picture for messengers. `uvicorn dashboard.server:app` does the same.
Settings: YOUJU_URL (the public address), YOUJU_FRAME_ANCESTORS (who may embed it), YOUJU_ROOT.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
if str(HERE.parent) not in sys.path:
    sys.path.insert(0, str(HERE.parent))

import streamlit as st  # noqa: E402
from starlette.middleware import Middleware  # noqa: E402

from dashboard import policy, style  # noqa: E402
from dashboard.front import Front, story_words, try_record_words  # noqa: E402
from dashboard.words import say  # noqa: E402


def show_error(error: Exception) -> bool:
    """A page that fails says so and no more; what happened is in the log."""
    style.report(error)
    st.error(say("error_whole", "en" if st.query_params.get("lang") == "en" else "zh"))
    return True


@asynccontextmanager
async def warm(_app: object) -> AsyncGenerator[dict[str, Any] | None, None]:
    """Load the page's modules before the first visitor comes, and the records while nobody waits for them."""
    await asyncio.to_thread(story_words, "zh")
    loading = asyncio.create_task(asyncio.to_thread(try_record_words, "", "zh"))
    yield None
    loading.cancel()


try:
    settings = policy.read_settings(os.environ)
except policy.SettingError as error:
    sys.exit(str(error))

app = st.App(HERE / "app.py", middleware=[Middleware(Front, settings=settings)], lifespan=warm, on_script_error=show_error)

if __name__ == "__main__":
    app.run()
