"""Settings, from the environment and from flags."""
