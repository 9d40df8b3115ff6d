"""The lake: what was read, as Parquet files of its own, and how they are written safely."""
