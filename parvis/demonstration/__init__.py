"""The demonstration centre: a believable past year, and a live day that one can speed up.

An *arrival model* says who comes when and how long a talk lasts; a *played day* lets it happen through the same
actions that people use. Called by ``make run`` on the first start, and by the benches.
"""
