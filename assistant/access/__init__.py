"""Who may do what: callers, keys, passwords, sessions."""
