"""What is answered at LISTEN: health, metrics, calendar feeds, the webhook, and the network's public pages."""
