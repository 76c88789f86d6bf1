"""The short form of the stress program; the long one is run by hand (live.py)."""

import pytest

from tests.stress.live import live

SEED = 1


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_an_index_of_a_disk_that_never_rests_is_true(tmp_path):
    outcome = live(tmp_path, seconds=25, seed=SEED)
    assert outcome.faults == [], str(outcome)
    assert outcome.kills, str(outcome)
    assert outcome.searches >= sum(outcome.done.values()), str(outcome)
