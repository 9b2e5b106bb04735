"""Django's PostgreSQL engine with a look at the socket, instead of a question to the server, before each request."""
