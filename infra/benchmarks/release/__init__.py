"""A release that adds one column to every company, laid over the product's own settings; the product never sees it."""
