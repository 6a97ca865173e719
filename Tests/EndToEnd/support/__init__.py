"""What the end-to-end tests share: a gateway to start, scripted backends, raw clients."""
