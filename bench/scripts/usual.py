"""The same figures as most people write them: reads the file again on every run."""

import os

import pandas as pd
import plotly.express as px
import streamlit as st

items = pd.read_csv(os.environ["BENCH_ITEMS"], parse_dates=["month"])
months = sorted(items["month"].dt.strftime("%Y-%m").unique())
start = st.selectbox("From", months, key="fra")
end = st.selectbox("To", months, index=len(months) - 1, key="til")
unit = st.selectbox("Unit", ["", *sorted(items["unit_id"].dropna().unique())], key="enhet")

if unit:
    items = items[items["unit_id"] == unit]
items["is_answered"] = items["answered_at"].notna()
items["is_needing_reply"] = items["reply_class"].isin(["must", "unclear"])
items["is_negative"] = items["tone"] == "negative"
items = items[items["reply_class"] != "none"]
items = items[items["link_state"] != "cannot_link"]
items = items[~(items["is_claimed_answered"] & ~items["is_answered"])]
chosen = items[(items["month"] >= start) & (items["month"] <= end)]
due = chosen[chosen["is_mature"]]
waits = items[~items["is_answered"]]
need = due[due["is_needing_reply"]]
times = chosen[chosen["is_needing_reply"] & chosen["is_answered"]]["working_seconds"]
st.metric("Answered", f"{due['is_answered'].sum()} of {len(due)}")
st.metric("Answered, of those that need a reply", f"{need['is_answered'].sum()} of {len(need)}")
st.metric("Unanswered negative", f"{waits['is_negative'].sum()} unanswered")
st.metric("Median, working hours", f"{times.median() / 3600:.1f}")
by_month = need.groupby("month")["is_answered"].mean().reset_index()
by_unit = need.groupby("unit_id")["is_answered"].mean().reset_index()
st.plotly_chart(px.line(by_month, x="month", y="is_answered"))
st.plotly_chart(px.bar(by_unit, x="unit_id", y="is_answered"))
st.dataframe(by_unit)
