"""Payment processors: one Protocol, and those who fulfil it. Which one works here is a matter of settings."""
