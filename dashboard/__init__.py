"""The page: what it shows, how it looks, and how a link holds it."""
