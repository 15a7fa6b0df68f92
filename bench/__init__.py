"""Speed and memory. Every module here is a command that prints figures; none of this is a test."""
