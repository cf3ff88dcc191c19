"""One module a file format, each the only place that knows its quirks."""
