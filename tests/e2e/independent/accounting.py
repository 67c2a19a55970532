"""Privacy accounting from the definitions: what a plan's noise costs, checked against the laws themselves.

rho and scales are fractions. The conversion of rho to (epsilon, delta) minimises over the order alpha with 50 digits.
"""

import math
from decimal import Decimal
from fractions import Fraction

from laws import decimal, distribution, half, FIXED

MICRO, NANO, PICO = 10**6, 10**9, 10**12


def log_delta(rho: Decimal, epsilon: Decimal, x: Decimal) -> Decimal:
    """ln of (e^((alpha-1)(rho alpha - epsilon)) / (alpha-1)) * (1 - 1/alpha)^alpha at alpha = 1 + e^x: a bound on delta for
    every alpha > 1 (Canonne, Kamath, Steinke 2020, proposition 12)."""
    less = x.exp()
    alpha = 1 + less
    return less * (rho * alpha - epsilon) - x + alpha * (x - alpha.ln())


def least(f, low: Decimal, high: Decimal, within: Decimal) -> Decimal:
    """The minimum of a function that falls and then rises, by thirds."""
    while high - low > within:
        third = (high - low) / 3
        if f(low + third) < f(high - third):
            high -= third
        else:
            low += third
    return f((low + high) / 2)


def epsilon_of(rho: Decimal, delta: Decimal) -> Decimal:
    """The least epsilon that some alpha gives: the same bound, solved for epsilon at each alpha."""
    log = delta.ln()

    def at(x: Decimal) -> Decimal:
        return (log_delta(rho, Decimal(0), x) - log) / x.exp()

    return max(Decimal(0), least(at, Decimal(-15), Decimal(30), Decimal("1e-13")))


def delta_of(rho: Decimal, epsilon: Decimal) -> Decimal:
    """The least delta that some alpha gives."""
    return least(lambda x: log_delta(rho, epsilon, x), Decimal(-15), Decimal(30), Decimal("1e-13")).exp()


def micro_epsilon(nano_rho: int, pico_delta: int) -> int:
    exact = epsilon_of(Decimal(nano_rho) / NANO, Decimal(pico_delta) / PICO) * MICRO
    assert abs(exact - round(exact)) > Decimal("1e-9"), "too near to an integer to be certain"
    return math.ceil(exact)


def laplace_plan(cells: int, micro: int) -> tuple[Fraction, int]:
    """The scale L / epsilon and rho = epsilon^2 / (2 L) in nano-rho, rounded up."""
    epsilon = Fraction(micro, MICRO)
    return Fraction(cells) / epsilon, math.ceil(epsilon * epsilon / (2 * cells) * NANO)


def gaussian_plan(cells: int, micro: int, pico: int) -> tuple[Fraction, int]:
    """The variance L / (2 rho) and the largest rho of three digits, in nano-rho, that costs no more than micro at pico."""
    low, high = 1, 4 * NANO
    while high - low > 1:
        middle = (low + high) // 2
        if micro_epsilon(middle, pico) <= micro:
            low = middle
        else:
            high = middle
    digits = len(str(low))
    nano = low if digits <= 3 else low // 10 ** (digits - 3) * 10 ** (digits - 3)
    return Fraction(cells * NANO, 2 * nano), nano


def horizon(spends: list[tuple[int, int, int]], units: int, days: int) -> tuple[int, int, int]:
    """(sum of micro-epsilon, its pico-delta, micro-epsilon at delta = 1e-6) of a person seen as `units` on each of `days`."""
    micro = sum(spend[0] for spend in spends)
    nano = sum(spend[1] for spend in spends)
    pico = sum(spend[2] for spend in spends)
    group = (Decimal((units - 1) * micro) / MICRO).exp() * units * pico
    all_pico = math.ceil(group) * days
    by_rho = micro_epsilon(units * units * nano * days, MICRO)
    pure = units * micro * days
    return pure, all_pico, min(pure, by_rho) if all_pico <= MICRO else by_rho


def exact_delta(cells: int, variance: Fraction, epsilon: Decimal) -> Decimal:
    """delta of the whole vector, from the definition: the sum of max(0, P - e^epsilon Q) over all outcomes, P the noise in
    `cells` cells, Q the same with one more in each. ln(P/Q) = (cells - 2 S)/(2 variance) depends on the sum S alone."""
    law = distribution(half("GAUSSIAN", variance), cells)
    middle = len(law) // 2
    delta = Decimal(0)
    for at, mass in enumerate(law):
        loss = decimal(Fraction(cells - 2 * (at - middle)) / (2 * variance))
        if loss > epsilon:
            delta += Decimal(mass) / 2**FIXED * (1 - (epsilon - loss).exp())
    return delta


def renyi(probabilities: list[Decimal], order: int) -> Decimal:
    """The Renyi divergence of integer order between the noise and the noise with one more."""
    def p(x: int) -> Decimal:
        return probabilities[abs(x)] if abs(x) < len(probabilities) else Decimal(0)

    total = sum(p(x) ** order * p(x - 1) ** (1 - order) for x in range(2 - len(probabilities), len(probabilities)))
    return total.ln() / (order - 1)
