"""Top floor: carrying messages between a chat group and the desk."""
