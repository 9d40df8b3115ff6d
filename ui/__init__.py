"""What only Streamlit needs: the frame around the pages and the parts they are made of."""

import logging


def _matters(record: logging.LogRecord) -> bool:
    """Streamlit warns of every cache that is made before its runtime is; ours are, at import."""
    return "No runtime found" not in record.getMessage()


logging.getLogger("streamlit.runtime.caching.cache_data_api").addFilter(_matters)
