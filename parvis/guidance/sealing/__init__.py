"""How what a visitor said is kept: sealed with a key of its own, which only the visitor's receipt opens.

Three things must come together to read a thread (docs/threat-model.md): its row in the database, its *share* in the
*vault*, a small file of its own that no backup of the database holds, and the receipt, which nobody has but the visitor.
Destroying the share destroys the thread, in every copy of the database ever made.
"""
