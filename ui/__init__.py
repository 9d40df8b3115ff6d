"""What only Streamlit needs: the frame around the pages and the parts they are made of."""
