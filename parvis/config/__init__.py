"""Settings, root addresses and the server: the only room that knows every other."""
