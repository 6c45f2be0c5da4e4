"""What a question names, what it wants, and what it leans on."""
