"""The plot of a calibration: chance against share of right answers, and what each bar lets out."""

from collections.abc import Iterable, Iterator, Sequence

from assistant.calibrating import Fit
from assistant.reliability import Point

WIDE, HIGH, EDGE, SIDE = 720, 360, 56, 256
"""The picture, its margin, and the side of each square, in units of the picture."""
MOST_ERROR = 0.5
"""The curve's axis of errors ends here."""
STYLE = (
    "text{font:12px sans-serif;fill:#333}.axis{stroke:#999;fill:none}.grid{stroke:#e5e5e5}"
    ".line{stroke:#1f5fa8;stroke-width:2;fill:none}.even{stroke:#bbb;stroke-dasharray:4 4}"
    ".dot{fill:#1f5fa8}.bar{fill:#c0392b}"
)


def drawn(fit: Fit) -> str:
    """Return the plot as SVG, the same bytes for the same fit."""
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" role="img" '
        'aria-label="Calibration and coverage">',
        f"<style>{STYLE}</style>",
        f'<rect width="{WIDE}" height="{HIGH}" fill="#fff"/>',
        *_reliability(fit),
        *_coverage(fit),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _reliability(fit: Fit) -> Iterator[str]:
    x, y = EDGE, EDGE
    yield from _square(x, y, "chance 把握", "share right 答对", 1.0, 1.0)
    yield f'<line class="even" x1="{x}" y1="{y + SIDE}" x2="{x + SIDE}" y2="{y}"/>'
    most = max((each.answers for each in fit.bins), default=1)
    places = [(x + SIDE * each.chance, y + SIDE * (1 - each.right)) for each in fit.bins]
    yield _line(places)
    for (across, down), each in zip(places, fit.bins, strict=True):
        size = 2 + 6 * (each.answers / most) ** 0.5
        yield f'<circle class="dot" cx="{across:.1f}" cy="{down:.1f}" r="{size:.1f}"/>'
    error = f"ECE {fit.calibration.expected_error:.3f}, n = {fit.calibration.answers}"
    yield _said(x, y - 14, error)


def _coverage(fit: Fit) -> Iterator[str]:
    x, y = WIDE - EDGE - SIDE, EDGE
    yield from _square(x, y, "coverage 作答", "error 答错", 1.0, MOST_ERROR)
    yield _line([_place(x, y, point) for point in fit.curve])
    for policy, point in fit.bars.items():
        across, down = _place(x, y, point)
        yield f'<circle class="bar" cx="{across:.1f}" cy="{down:.1f}" r="4"/>'
        yield _said(across - 8, down - 8, f"{policy} ≥ {point.bar:.2f}", "end")
    yield _said(x, y - 14, f"{fit.questions} questions 题")


def _place(x: int, y: int, point: Point) -> tuple[float, float]:
    return x + SIDE * point.coverage, y + SIDE * (1 - min(point.error / MOST_ERROR, 1.0))


def _square(x: int, y: int, across: str, up: str, right: float, top: float) -> Iterator[str]:
    for step in range(5):
        part = step / 4
        down = y + SIDE * (1 - part)
        yield f'<line class="grid" x1="{x}" y1="{down:.1f}" x2="{x + SIDE}" y2="{down:.1f}"/>'
        yield _said(x - 6, down + 4, f"{top * part:.0%}", "end")
        yield _said(x + SIDE * part, y + SIDE + 16, f"{right * part:.0%}", "middle")
    yield f'<rect class="axis" x="{x}" y="{y}" width="{SIDE}" height="{SIDE}"/>'
    yield _said(x + SIDE / 2, y + SIDE + 34, across, "middle")
    yield _said(x + SIDE, y - 14, up, "end")


def _line(places: Iterable[Sequence[float]]) -> str:
    points = " ".join(f"{across:.1f},{down:.1f}" for across, down in places)
    return f'<polyline class="line" points="{points}"/>'


def _said(x: float, y: float, text: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{text}</text>'
