"""The least that a Streamlit page can be: what every page of ours is held against."""

import streamlit as st

st.selectbox("Month", [f"2026-{n:02}" for n in range(1, 13)], key="month")
st.write("Hello world")
