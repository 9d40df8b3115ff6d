"""From a file to rows without names: find it, tell its format, read it, hand it over."""
