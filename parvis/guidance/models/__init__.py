"""What guidance remembers. Whatever a visitor said is sealed; what is not sealed can say nothing about anybody."""
