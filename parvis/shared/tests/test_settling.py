import gc

from parvis.shared.settling import settle, stir


def test_what_stays_is_no_longer_looked_through():
    mark = [["of a server's start"]]
    try:
        assert settle() > 10_000
        assert all(one is not mark for one in gc.get_objects())
    finally:
        stir()
    assert gc.get_freeze_count() == 0
    assert any(one is mark for one in gc.get_objects())


def test_what_comes_later_is_still_put_away():
    class Later:
        gone = 0

        def __del__(self):
            Later.gone += 1

    settle()
    try:
        one = Later()
        one.itself = one
        del one
        gc.collect()
        assert Later.gone == 1
    finally:
        stir()
