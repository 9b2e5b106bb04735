"""What whoever answers questions types. Syntax only: the rules are in the actions."""
