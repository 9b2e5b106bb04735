"""The planner: plain Python over plain data, without Django, so that it runs in a process of its own and is measured alone.

``plan`` gives a rota for a ``problem.Problem``; ``checker.check`` says from the rules alone what a rota breaks and costs;
``greedy`` and ``first_free`` are what it is compared with. Each rule is a small function in ``rules``; ``building.build`` makes a
model of any selection of them, for the repair of a rota or for another kind of rota.
"""
