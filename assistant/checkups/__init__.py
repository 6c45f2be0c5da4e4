"""What the doctor looks at, one module a kind: the site's folder, its memory, its knowledge, the machine."""
