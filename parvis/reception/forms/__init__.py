"""What staff and devices type at reception. Syntax only: the rules are in the actions."""
