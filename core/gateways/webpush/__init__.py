"""Web push: what a browser has subscribed to is encrypted for it and handed to the service that it has named."""
