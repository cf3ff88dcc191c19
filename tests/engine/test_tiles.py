from __future__ import annotations

import numpy as np
import pytest

from clickpose_app.core.geometry import Box
from clickpose_app.engine.tiles import Tile, Tiling, is_flat

SIZES = [(6000, 4000), (4000, 6000), (4000, 3000), (2048, 1536), (1280, 720), (20000, 400)]
TILING = Tiling()


def first_scale(width: int, height: int) -> float:
    return 512 / max(width, height)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_person_is_whole_in_a_tile_of_their_size(width: int, height: int) -> None:
    tiles = TILING.tiles(width, height, first_scale(width, height))
    rng = np.random.default_rng(0)
    largest = TILING.least / first_scale(width, height)
    for _ in range(300):
        long = float(rng.uniform(60, min(largest, height - 20)))
        x, y = float(rng.uniform(0, width - long)), float(rng.uniform(0, height - long))
        person = Box(x, y, x + long / 2, y + long)
        assert any(TILING.holds(person, tile, width, height) for tile in tiles), person


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_tiles_lie_in_the_image_or_around_it(width: int, height: int) -> None:
    for tile in TILING.tiles(width, height, first_scale(width, height)):
        window = tile.window
        assert window.width * tile.scale == pytest.approx(TILING.side)
        for low, high, side in (
            (window.x1, window.x2, width),
            (window.y1, window.y2, height),
        ):
            inside, around = low >= -1e-6 and high <= side + 1e-6, low <= 0 and high >= side
            assert inside or around


def test_an_image_that_the_first_look_shows_well_has_no_tiles() -> None:
    assert TILING.tiles(512, 400, 1.0) == []
    assert TILING.tiles(1000, 800, 0.512) == []


@pytest.mark.parametrize("side", [12_000, 30_000, 100_000])
def test_however_large_the_image_there_are_no_more_tiles_than_allowed(side: int) -> None:
    assert 0 < len(TILING.tiles(side, side, 512 / side)) <= TILING.most


def test_coarse_tiles_come_before_fine_ones() -> None:
    scales = [tile.scale for tile in TILING.tiles(6000, 4000, first_scale(6000, 4000))]
    assert scales == sorted(scales)
    assert scales[-1] == pytest.approx(TILING.finest)
    assert len(set(scales)) == 2


def test_whoever_is_cut_by_a_tile_is_left_to_its_neighbour() -> None:
    tile = Tile(Box(1000, 1000, 1512, 1512), 1.0)
    assert TILING.holds(Box(1100, 1100, 1150, 1200), tile, 6000, 4000)
    assert not TILING.holds(Box(1470, 1100, 1511, 1200), tile, 6000, 4000)
    assert not TILING.holds(Box(1100, 1001, 1150, 1100), tile, 6000, 4000)


def test_whoever_is_cut_by_the_image_is_cut_in_every_tile() -> None:
    corner = Tile(Box(0, 3488, 512, 4000), 1.0)
    assert TILING.holds(Box(0, 3900, 50, 4000), corner, 6000, 4000)


def test_people_of_other_sizes_are_left_to_other_scales() -> None:
    tile = Tile(Box(0, 0, 512, 512), 1.0)
    assert not TILING.holds(Box(100, 100, 200, 300), tile, 6000, 4000)
    assert not TILING.holds(Box(100, 100, 105, 110), tile, 6000, 4000)


def test_sky_is_flat_and_a_face_is_not() -> None:
    image = np.full((600, 600, 3), 120, np.uint8)
    image[300:, 300:] = np.random.default_rng(0).integers(0, 255, (300, 300, 3))
    assert is_flat(image, Tile(Box(0, 0, 256, 256), 2.0))
    assert not is_flat(image, Tile(Box(256, 256, 512, 512), 2.0))
    assert not is_flat(image, Tile(Box(-100, -100, 700, 700), 0.64))
