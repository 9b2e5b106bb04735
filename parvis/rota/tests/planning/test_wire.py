"""What was found about a plan is the same after it was kept as JSON."""

import json

from parvis.rota.planning.findings import FewInstitutions, ShareMissed, UnmetWish, WishKind, WishReason
from parvis.rota.planning.wire import packed, unpacked

WISH = UnmetWish(1, WishKind.RATHER_NOT, (1, 4), WishReason.COULD_BE_MET)
FOUND = [FewInstitutions((1,), wanted=3, there=1, could=2), ShareMissed(7, 0, 27, 1200, 900, 960), WISH]


def test_each_finding_comes_back_as_it_was():
    assert unpacked(json.loads(json.dumps(packed(FOUND)))) == FOUND


def test_drafts_of_before_are_read_with_their_wishes():
    older = [
        {key: value for key, value in one.items() if key != "found"} | {"kind": one.get("kind", one["found"])}
        for one in packed(FOUND)
    ]
    assert [one.get("kind") for one in older] == ["FewInstitutions", "ShareMissed", "rather_not"]
    assert unpacked(older) == FOUND


def test_what_is_no_longer_known_is_left_out():
    assert unpacked([{"found": "Comet"}, {"failed": "died"}]) == []
