"""What counts as a person; everybody who shows or writes predictions asks here."""

from __future__ import annotations

SCORE_THRESHOLD = 0.3
"""People whom the network is less certain of are not shown."""

CORRECTABLE_SCORE = 0.2
"""Where clicks are counted, a prediction less certain than this is not there to be corrected."""
