"""Confidence intervals: what they say where the answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from clickpose_app.evaluation.bootstrap import interval, resample_images, resampled_means


def test_each_resample_has_as_many_images_as_there_are_and_is_the_same_again() -> None:
    drawn = resample_images(30)
    assert drawn.shape == (1000, 30)
    assert (drawn.sum(axis=1) == 30).all()
    assert np.array_equal(drawn, resample_images(30))
    assert len(np.unique(drawn, axis=0)) > 990


def test_the_interval_of_a_mean_is_that_of_the_textbook() -> None:
    # Of 400 values with deviation 1 the mean has the deviation 0.05.
    values = np.random.default_rng(1).normal(10.0, 1.0, 400)
    low, high = interval(resampled_means(values, np.ones(400), resample_images(400)))
    assert low == pytest.approx(values.mean() - 1.96 * 0.05, abs=0.015)
    assert high == pytest.approx(values.mean() + 1.96 * 0.05, abs=0.015)


def test_means_are_over_people_and_not_over_images() -> None:
    means = resampled_means(np.array([10.0, 1.0]), np.array([10.0, 1.0]), np.array([[1.0, 1.0]]))
    assert means.tolist() == [1.0]


def test_resamples_without_people_are_left_out() -> None:
    means = resampled_means(
        np.array([0.0, 6.0]), np.array([0.0, 2.0]), np.array([[2.0, 0], [0, 2]])
    )
    assert np.isnan(means[0])
    assert interval(means) == (3.0, 3.0)


def test_nothing_to_measure_is_minus_one() -> None:
    assert interval(np.array([np.nan, np.nan])) == (-1.0, -1.0)
    assert resample_images(0).shape == (1000, 0)
