"""Whether somebody could decide alone: what is counted, and where the boundary lies."""

from parvis.partners.queries.neutrality import SeatHeld, Share, weigh


def held(*pairs):
    """Seats as (category, institution or nothing)."""
    keys = {name: n for n, name in enumerate(sorted({name for _, name in pairs if name}), 1)}
    return [SeatHeld(category, category, name or None, keys.get(name)) for category, name in pairs]


def test_half_of_the_filled_seats_is_no_majority():
    found = weigh(held(("town", "A"), ("school", "A"), ("town", "B"), ("school", "C")))
    assert found.institutions == [Share("A", 2, 4), Share("B", 1, 4), Share("C", 1, 4)]
    assert (found.majority_institution, found.majority_category, found.is_neutral) == (None, None, True)


def test_one_more_than_half_is_a_majority():
    found = weigh(held(("town", "A"), ("school", "A"), ("union", "A"), ("town", "B"), ("school", "C")))
    assert found.majority_institution == Share("A", 3, 5)
    assert found.majority_category is None
    assert not found.is_neutral


def test_a_category_holds_a_majority_by_several_institutions():
    found = weigh(held(("town", "A"), ("town", "B"), ("school", "C")))
    assert (found.majority_institution, found.majority_category) == (None, Share("town", 2, 3))


def test_vacant_seats_are_left_aside():
    found = weigh(held(("town", "A"), ("town", "A"), ("school", "B"), ("school", ""), ("union", "")))
    assert (found.filled, found.vacant) == (3, 2)
    assert found.majority_institution == Share("A", 2, 3)


def test_nobody_or_one_alone_says_nothing():
    assert (weigh([]).filled, weigh([]).says_something, weigh([]).is_neutral) == (0, False, False)
    alone = weigh(held(("town", "A"), ("town", "")))
    assert (alone.filled, alone.says_something, alone.is_neutral) == (1, False, False)


def test_two_of_two_is_a_majority_and_one_of_two_is_none():
    assert weigh(held(("town", "A"), ("school", "A"))).majority_institution == Share("A", 2, 2)
    assert weigh(held(("town", "A"), ("school", "B"))).is_neutral


def test_seats_are_told_by_their_keys_and_not_by_their_names():
    found = weigh([SeatHeld("Town", "a", "House", 1), SeatHeld("Town", "b", "House", 2)])
    assert [share.seats for share in found.institutions] == [1, 1]
    assert [share.seats for share in found.categories] == [1, 1]
