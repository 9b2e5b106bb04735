"""Threads that are taken in the order of the last one first."""

from __future__ import annotations

import threading

import pytest

from parvis.shared.threads import Threads


def test_the_thread_that_worked_last_works_next():
    threads, names = Threads(3, name="page"), []
    for _ in range(20):
        done = threading.Event()
        threads.run(lambda done=done: (names.append(threading.current_thread().name), done.set()))
        assert done.wait(5)
        while not threads._idle:  # it has told before it is idle
            pass
    assert set(names) == {"page_0"}
    threads.close()


def test_no_more_than_so_many_and_everything_in_order():
    threads, lock = Threads(2, name="page"), threading.Lock()
    going, most, begun = 0, 0, []
    both, gate = threading.Barrier(2), threading.Event()

    def work(number):
        nonlocal going, most
        with lock:
            going, most = going + 1, max(most, going + 1)
            begun.append(number)
        if number < 2:
            both.wait(5)
        gate.wait(5)
        with lock:
            going -= 1

    for number in range(30):
        threads.run(lambda number=number: work(number))
    gate.set()
    threads.close()  # waits for what waits, too
    assert (sorted(begun), most) == (list(range(30)), 2)
    with pytest.raises(RuntimeError):
        threads.run(lambda: None)
