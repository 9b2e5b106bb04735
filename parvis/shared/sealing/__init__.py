"""What is kept so that destroying a few bytes destroys it: sealed with a *share* of its own, outside the database.

Threads of visitors need three things to be read (docs/threat-model.md): the row in the database, its share in the *vault*, a
small file of its own that no backup of the database holds, and the receipt, which nobody has but the visitor. An address for
messages needs the row and its share. Destroying the share destroys what was sealed, in every copy of the database ever made.
"""
