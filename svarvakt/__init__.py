"""What is known and how it is computed: no Streamlit and no loading of files in here."""
