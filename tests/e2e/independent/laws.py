"""The two laws of noise from their definitions: weights exp(-|x|/t) and exp(-x^2/(2 s)), summed term by term.

Nothing here follows the hub's own way: no closed form, no characteristic function. Probabilities are decimals of 60
digits; sums of draws are convolved in integers of 2^-96.
"""

import math
from decimal import Decimal, getcontext
from fractions import Fraction

getcontext().prec = 60
NEGLIGIBLE = Decimal("1e-56")
FIXED = 96
"""Bytes of one coefficient while two lists of fixed-point numbers are multiplied: twice the bits and a carry."""
WIDTH = 2 * FIXED // 8 + 1


def decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def half(law: str, parameter: Fraction) -> list[Decimal]:
    """P(X = 0), P(X = 1), ... of `LAPLACE` (parameter: scale t) or `GAUSSIAN` (parameter: variance s)."""
    weights = []
    x = 0
    while True:
        exponent = Fraction(x) / parameter if law == "LAPLACE" else Fraction(x * x) / (2 * parameter)
        weight = (-decimal(exponent)).exp()
        if weight < NEGLIGIBLE:
            break
        weights.append(weight)
        x += 1
    total = weights[0] + 2 * sum(weights[1:])
    return [weight / total for weight in weights]


def tail(probabilities: list[Decimal], x: int) -> Decimal:
    """P(X >= x)."""
    if x <= 0:
        return 1 - tail(probabilities, 1 - x)
    return sum(probabilities[x:], Decimal(0))


def deviation(probabilities: list[Decimal]) -> Decimal:
    return (2 * sum(x * x * p for x, p in enumerate(probabilities))).sqrt()


def packed(numbers: list[int]) -> int:
    return int.from_bytes(b"".join(number.to_bytes(WIDTH, "little") for number in numbers), "little")


def convolved(a: list[int], b: list[int]) -> list[int]:
    """The product of two lists as polynomials, each coefficient cut to 2^-96: one multiplication of large integers."""
    length = len(a) + len(b) - 1
    product = (packed(a) * packed(b)).to_bytes(length * WIDTH, "little")
    found = [int.from_bytes(product[at : at + WIDTH], "little") >> FIXED for at in range(0, length * WIDTH, WIDTH)]
    edge = next((at for at, number in enumerate(found) if number > 0), 0)
    return found[edge : length - edge]


def distribution(probabilities: list[Decimal], cells: int) -> list[int]:
    """The law of a sum of `cells` draws in units of 2^-96, symmetric around the middle of the list."""
    one = [int(p * 2**FIXED) for p in probabilities]
    one = [number for number in one if number > 0]
    power = one[:0:-1] + one
    result = [2**FIXED]
    while cells:
        if cells & 1:
            result = convolved(result, power)
        cells >>= 1
        if cells:
            power = convolved(power, power)
    return result


def outside(total: list[int], width: int) -> Fraction:
    """P(|sum| > width), less what the cutting took away."""
    middle = len(total) // 2
    return Fraction(2 * sum(total[middle + width + 1 :]), 2**FIXED)


def half_width(total: list[int], alpha: Fraction) -> int:
    """The least width that leaves at most alpha outside. The cutting cannot have decided it, or this fails."""
    middle = len(total) // 2
    lost = 1 - Fraction(sum(total), 2**FIXED)
    left = 0
    width = middle
    while width > 0 and Fraction(2 * (left + total[middle + width]), 2**FIXED) <= alpha:
        left += total[middle + width]
        width -= 1
    within = Fraction(2 * left, 2**FIXED)
    assert within + lost < alpha < within + Fraction(2 * total[middle + max(width, 1)], 2**FIXED) or width == 0
    return width


def normal_half_width(probabilities: list[Decimal], cells: int, alpha: Fraction) -> int:
    """The normal form, for many cells: sd * sqrt(cells) * z, rounded up. z from the error function by halving."""
    low, high = 0.0, 10.0
    while high - low > 1e-15 * high:
        middle = (low + high) / 2
        if math.erf(middle / math.sqrt(2)) < 1 - float(alpha):
            low = middle
        else:
            high = middle
        if middle in (low, high) and math.nextafter(low, high) == high:
            break
    width = float(deviation(probabilities)) * math.sqrt(cells) * high
    assert abs(width - round(width)) > 1e-9, "too near to an integer to be certain"
    return math.ceil(width)
