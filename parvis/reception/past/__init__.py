"""Reading a centre's old spreadsheets: pure Python, no table, no page.

``convert`` opens any usual file in a process of its own and leaves plain rows; ``recognise`` proposes what its sheets,
headers and columns mean; ``matching`` finds the entry behind a wording; ``lines`` turns each row into what is to be
counted, or a reason why not. Called by ``parvis.reception.actions.past``.
"""
