"""The warehouse: everything computed from the lake, rebuilt whole and published in one step."""
