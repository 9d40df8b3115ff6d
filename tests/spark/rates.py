"""Who was answered, worked out by Spark from the files of the lake: `python rates.py DATA`.

Needs pyspark and Java, and nothing of ours: it runs in an environment of its own. Prints JSON, one
object per unit, platform and month of arrival (Oslo).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pyspark.sql import SparkSession  # type: ignore[import-not-found,unused-ignore]

SQL = Path(__file__).with_name("lake.sql")
KEPT = (
    "import_id STRING, comment_id STRING, is_repeat BOOLEAN, answered_at TIMESTAMP, tone STRING, "
    "is_question BOOLEAN, claims_error BOOLEAN, is_case_enquiry BOOLEAN, asks_for_service BOOLEAN, "
    "is_spam BOOLEAN, content_kind STRING"
)
REGISTER = "platform STRING, native_id STRING, handle STRING, unit_id STRING"


def session() -> Any:
    """Spark inside this process, two cores, nothing that listens to other machines."""
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.memory": "3g",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "8",
        "spark.log.level": "ERROR",
    }
    builder = SparkSession.builder.master("local[2]").appName("svarvakt-lake")
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def open_lake(spark: Any, data: Path) -> None:
    """The files as they lie there: no list of folders, no catalogue, no conversion."""
    lake = data / "lake"
    spark.read.parquet(f"{lake}/*/comments_*.parquet").createOrReplaceTempView("lake_comments")
    spark.read.json(f"{lake}/*/import.json", multiLine=True).createOrReplaceTempView("lake_imports")
    if any(lake.glob("*/kept_*.parquet")):
        kept = spark.read.parquet(f"{lake}/*/kept_*.parquet")
    else:
        kept = spark.createDataFrame([], KEPT)
    kept.createOrReplaceTempView("lake_kept")
    spark.read.parquet(f"{data}/reading/*.parquet").createOrReplaceTempView("readings_by_key")
    register = data / "register" / "accounts.csv"
    if register.is_file():
        known = spark.read.csv(str(register), sep=";", header=True)
    else:
        known = spark.createDataFrame([], REGISTER)
    known.createOrReplaceTempView("register_accounts")


def rates(spark: Any, data: Path) -> list[dict[str, Any]]:
    """The counts of `answered_by_unit` in lake.sql."""
    open_lake(spark, data)
    secret = (data / "secret").read_text(encoding="ascii").strip()
    text = "\n".join(
        line for line in SQL.read_text(encoding="utf-8").splitlines() if line[:2] != "--"
    )
    for statement in text.replace("{secret}", secret).split(";"):
        spark.sql(statement)
        if " voices AS" in statement:  # asked eight times below
            spark.sql("CACHE TABLE voices")
    return [row.asDict() for row in spark.table("answered_by_unit").collect()]


if __name__ == "__main__":
    spark = session()
    try:
        print(json.dumps(rates(spark, Path(sys.argv[1]))))
    finally:
        spark.stop()
