"""Fitting the models: from labelled comments to weights."""
