"""The keys of a printed line stand as the formats list them, whatever order the store gives back."""

from monitor.alerts.lines import in_order


def test_keys_stand_in_the_order_of_the_formats() -> None:
    shuffled = {"reason": "", "claim": {"high": 9, "post": {"id": "1", "source": "a"}}, "kind": "silence", "id": "x"}
    ordered = in_order(shuffled)
    assert ordered == shuffled
    assert list(ordered) == ["id", "kind", "claim", "reason"]
    assert list(ordered["claim"]) == ["post", "high"]


def test_a_key_that_is_not_listed_stands_last() -> None:
    assert list(in_order({"later": 1, "id": "x"})) == ["id", "later"]
