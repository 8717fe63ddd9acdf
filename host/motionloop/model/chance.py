"""How much of a share may be chance."""

from __future__ import annotations

from math import sqrt

from motionloop.language import tr

_Z = 1.96  # 95 %


def share_interval(right: int, count: int) -> tuple[float, float]:
    """Wilson's interval of a share: with few trials, 100 % is not 100 %.

    The trials count as independent. Windows that overlap are less than that, so the true interval
    is wider. Source: E. B. Wilson, Journal of the American Statistical Association 22 (1927).

    Args:
        right: How many came out right.
        count: Of how many, at least 1.

    Returns:
        Lower and upper end, 0 to 1, of the 95 % interval.
    """
    share, z2 = right / count, _Z**2
    middle = (share + z2 / (2 * count)) / (1 + z2 / count)
    half = _Z / (1 + z2 / count) * sqrt(share * (1 - share) / count + z2 / (4 * count**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def share_words(share: float, count: int) -> str:
    """Say a share with what chance leaves of it.

    Args:
        share: 0 to 1.
        count: Of how many windows, at least 1.

    Returns:
        Words such as "15 of 15 windows right, at least 80% of such windows".
    """
    right = round(share * count)
    low, high = share_interval(right, count)
    words = tr("{right} of {count} windows right", right=right, count=count)
    if right == count:
        return tr("{found}: at least {low:.0%} of such windows", found=words, low=low)
    return tr("{found}: {low:.0%} to {high:.0%} of such windows", found=words, low=low, high=high)
