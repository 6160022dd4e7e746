"""export, import and digest."""
