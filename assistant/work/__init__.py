"""What is done in the background: batches audited, webhooks sent. It survives a restart."""
