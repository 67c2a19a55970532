#!/usr/bin/env python3
"""A second implementation of the hub's noise and accounting. Python 3.10 or newer, standard library alone.

    python3 tests/e2e/independent/check.py           compute everything anew and compare with vectors.json
    python3 tests/e2e/independent/check.py --write   write vectors.json

What it finds are golden vectors for core/privacy and core/ledger: independent.test.ts and the figure `independent` of the
scorecard compare them. Exit code 1: something differs.
"""

import json
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import accounting
import laws

VECTORS = Path(__file__).parent / "vectors.json"

# The plans of docs/privacy.md (section "Mechanisms"): L, micro-epsilon, and t, sd and the 95 % half width as printed.
PLANS = [
    ("people flow, H3 res 9 x 1 h", 6, 600_000, "10", "14.1", 30),
    ("unique tracks, district x day", 2, 100_000, "20", "28.3", 60),
    ("crowd occupancy, plaza x 10 min", 24, 600_000, "40", "56.6", 120),
    ("dwell histogram bucket", 3, 300_000, "10", "14.1", 30),
    ("vehicles, segment x 15 min", 10, 800_000, "12.5", "17.7", 37),
    ("speed histogram, road class x 1 h", 10, 400_000, "25", "35.4", 75),
    ("vehicle gate OD x 1 h", 2, 400_000, "5", "7.1", 15),
    ("shared bikes: departures, city x 1 h", 1, 250_000, "4", "5.6", 12),
    ("departures, station x day", 1, 500_000, "2", "2.8", 6),
    ("departures, station x month x hour of day", 1, 250_000, "4", "5.6", 12),
    ("OD, station pair x month", 1, 500_000, "2", "2.8", 6),
    ("bus boardings, stop x 1 h", 4, 1_000_000, "4", "5.6", 12),
    ("pedestrian counter, place x 1 h", 1, 100_000, "10", "14.1", 30),
    ("person-related incidents", 1, 500_000, "2", "2.8", 6),
]
GAUSSIAN_PLANS = [(24, 600_000, 100_000), (16, 400_000, 10_000), (100, 1_000_000, 800_000)]
LAWS = [
    ("LAPLACE", Fraction(1, 3)),
    ("LAPLACE", Fraction(2)),
    ("LAPLACE", Fraction(10)),
    ("LAPLACE", Fraction(25, 2)),
    ("LAPLACE", Fraction(40)),
    ("GAUSSIAN", Fraction(1, 4)),
    ("GAUSSIAN", Fraction(1)),
    ("GAUSSIAN", Fraction(25, 2)),
    ("GAUSSIAN", Fraction(200)),
    ("GAUSSIAN", Fraction(1_200_000, 767)),
]
POINTS = [-7, -1, 0, 1, 2, 5, 12, 40, 100]
RHOS = [(7_670_000, 100_000), (100, 1), (1, 1_000_000), (37_500_000, 1_000_000), (400_000_000, 1_000_000),
        (2_737_500_000, 1_000_000), (700_000_000_000, 1_000_000)]
HORIZONS = [[(600_000, 30_000_000, 0), (600_000, 7_500_000, 0)], [(600_000, 7_670_000, 100_000)],
            [(600_000, 7_670_000, 100_000), (250_000, 31_250_000, 0)]]


def digits(value: Decimal, count: int = 30) -> str:
    if value == 0:
        return "0"
    return f"{value:.{count - 1}e}"


def of_law(law: str, parameter: Fraction) -> dict:
    probabilities = laws.half(law, parameter)
    widths = []
    for cells, alpha in [(1, Fraction(1, 20)), (1, Fraction(1, 100)), (2, Fraction(1, 20)), (7, Fraction(1, 20)),
                         (16, Fraction(1, 20)), (29, Fraction(1, 20)), (40, Fraction(1, 20)), (400, Fraction(1, 20))]:
        found = {"cells": cells, "alpha": float(alpha)}
        if cells >= 30:
            found["width"] = laws.normal_half_width(probabilities, cells, alpha)
        if cells < 30 or (cells == 40 and parameter <= 200):
            total = laws.distribution(probabilities, cells)
            found.setdefault("width", laws.half_width(total, alpha) if cells < 30 else None)
            outside = laws.outside(total, found["width"])
            found["outside"] = digits(laws.decimal(outside), 20)
        widths.append(found)
    return {
        "law": law,
        "n": parameter.numerator,
        "d": parameter.denominator,
        "deviation": digits(laws.deviation(probabilities)),
        "points": [
            {
                "x": x,
                "pmf": digits(probabilities[abs(x)] if abs(x) < len(probabilities) else Decimal(0)),
                "tail": digits(laws.tail(probabilities, x)),
            }
            for x in POINTS
        ],
        "widths": widths,
    }


def plan(row: tuple) -> dict:
    name, cells, micro, scale_printed, deviation_printed, width_printed = row
    scale, nano = accounting.laplace_plan(cells, micro)
    probabilities = laws.half("LAPLACE", scale)
    width = laws.half_width(laws.distribution(probabilities, 1), Fraction(1, 20))
    deviation = laws.deviation(probabilities)
    assert (scale, round(deviation, 1), width) == (
        Fraction(scale_printed), Decimal(deviation_printed), width_printed), f"the table prints something else: {name}"
    # Any outcome is at most e^(L/t) = e^epsilon times as likely with one more in each of L cells; and the zCDP of a cell.
    assert cells / scale == Fraction(micro, accounting.MICRO)
    for order in (2, 3, 8):
        assert accounting.renyi(probabilities, order) * cells <= Decimal(nano * order) / accounting.NANO
    return {"name": name, "contributions": cells, "microEpsilon": micro, "n": scale.numerator, "d": scale.denominator,
            "nanoRho": nano, "halfWidth95": width}


def gaussian_plan(row: tuple) -> dict:
    cells, micro, pico = row
    variance, nano = accounting.gaussian_plan(cells, micro, pico)
    probabilities = laws.half("GAUSSIAN", variance)
    for order in (2, 3, 8):
        bound = laws.decimal(Fraction(order) / (2 * variance))
        assert accounting.renyi(probabilities, order) <= bound * (1 + Decimal("1e-30")), "rho is not 1/(2 s)"
    exact = accounting.exact_delta(cells, variance, Decimal(micro) / accounting.MICRO)
    assert exact <= Decimal(pico) / accounting.PICO, "the vector costs more than its plan says"
    # ... and is not paid for many times over: half the variance would cost more than the plan says.
    assert accounting.exact_delta(cells, variance / 2, Decimal(micro) / accounting.MICRO) > Decimal(pico) / accounting.PICO
    return {"contributions": cells, "microEpsilon": micro, "picoDelta": pico, "n": variance.numerator,
            "d": variance.denominator, "nanoRho": nano, "exactDelta": digits(exact, 12),
            "halfWidth95": laws.half_width(laws.distribution(probabilities, 1), Fraction(1, 20))}


def conversion(nano: int, pico: int) -> dict:
    rho, delta = Decimal(nano) / accounting.NANO, Decimal(pico) / accounting.PICO
    epsilon = accounting.epsilon_of(rho, delta)
    assert abs(accounting.delta_of(rho, epsilon) / delta - 1) < Decimal("1e-20"), "the two ways round do not meet"
    return {"nanoRho": nano, "picoDelta": pico, "epsilon": digits(epsilon, 25),
            "microEpsilon": accounting.micro_epsilon(nano, pico)}


def horizon(spends: list, units: int, days: int) -> dict:
    pure, pico, approximate = accounting.horizon(spends, units, days)
    return {"plans": [{"microEpsilon": a, "nanoRho": b, "picoDelta": c} for a, b, c in spends], "units": units,
            "days": days, "pureMicroEpsilon": pure, "picoDelta": pico, "approximateMicroEpsilon": approximate}


def vectors() -> dict:
    return {
        "laws": [of_law(*law) for law in LAWS],
        "plans": [plan(row) for row in PLANS],
        "gaussianPlans": [gaussian_plan(row) for row in GAUSSIAN_PLANS],
        "conversions": [conversion(*pair) for pair in RHOS],
        "horizons": [horizon(spends, units, days) for spends in HORIZONS for units in (1, 3) for days in (1, 7, 30, 365)],
    }


def main() -> int:
    found = vectors()
    if sys.argv[1:] == ["--write"]:
        VECTORS.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        return 0
    if sys.argv[1:]:
        print(__doc__)
        return 2
    known = json.loads(VECTORS.read_text(encoding="utf-8"))
    different = [key for key in found if found[key] != known.get(key)] + [key for key in known if key not in found]
    for key in different:
        print(f"{key}: vectors.json says something else")
    print(f"{sum(len(part) for part in found.values())} vectors in {len(found)} parts computed anew")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
