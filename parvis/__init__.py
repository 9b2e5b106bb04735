"""Parvis runs one-stop career guidance centres and the networks that label them."""
