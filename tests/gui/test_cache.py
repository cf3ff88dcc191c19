from __future__ import annotations

from clickpose_app.gui.cache import ByteCache


def test_what_was_not_used_for_longest_goes_first() -> None:
    cache: ByteCache[str] = ByteCache(10)
    cache.put("a", "A", 4)
    cache.put("b", "B", 4)
    assert cache.get("a") == "A"
    cache.put("c", "C", 4)
    assert [cache.get(key) for key in "abc"] == ["A", None, "C"]
    assert cache.nbytes == 8


def test_the_newest_stays_even_when_it_is_too_large() -> None:
    cache: ByteCache[str] = ByteCache(10)
    cache.put("a", "A", 4)
    cache.put("b", "B", 99)
    assert len(cache) == 1
    assert cache.get("b") == "B"


def test_a_value_put_twice_counts_once() -> None:
    cache: ByteCache[str] = ByteCache(10)
    cache.put("a", "A", 9)
    cache.put("a", "B", 3)
    assert (cache.get("a"), cache.nbytes) == ("B", 3)


def test_clearing_forgets_everything() -> None:
    cache: ByteCache[str] = ByteCache(10)
    cache.put("a", "A", 9)
    cache.clear()
    assert (len(cache), cache.nbytes) == (0, 0)
