"""The warehouse: everything worked out from the lake, built anew and published in one step."""
