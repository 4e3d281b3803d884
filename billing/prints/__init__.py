"""Papers of the service as they are printed: templates and what stands in them."""
