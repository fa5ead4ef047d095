"""Labels beside points so that they cover neither each other nor the points."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import cos, hypot, pi, sin
from textwrap import wrap

from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.text import Text

from playbook.core.figure import BLACK, GREY, house

_ANGLES = tuple(2 * pi * k / 16 for k in range(16))
_GAPS = (3.0, 8.0, 15.0, 24.0, 36.0, 50.0)
_LEADER_FROM = 12.0
_ROUNDS = 4


@dataclass(frozen=True)
class Box:
    """A rectangle in points: centre and size."""

    x: float
    y: float
    width: float
    height: float

    def overlap(self, other: "Box") -> float:
        """The common area, in square points.

        >>> Box(0, 0, 4, 4).overlap(Box(3, 0, 4, 4))
        4.0
        """
        across = _common(self.x, self.width, other.x, other.width)
        return across * _common(self.y, self.height, other.y, other.height)


def _common(a: float, long_a: float, b: float, long_b: float) -> float:
    """The common length of two stretches given by centre and length."""
    return max(0.0, min(long_a, long_b, (long_a + long_b) / 2 - abs(a - b)))


def in_lines(text: str, most: int) -> str:
    """A name in as few lines of at most so many characters as it needs, of even length.

    Words stay whole; Chinese, which has no blanks, is cut anywhere.

    >>> in_lines("生日或纪念日惊喜布置", 9), in_lines("Surprise set-up on a birthday", 16)
    ('生日或纪念\\n日惊喜布置', 'Surprise set-up\\non a birthday')
    """
    count = len(_wrapped(text, most))
    width = next(w for w in range(1, most + 1) if len(_wrapped(text, w)) <= max(1, count))
    return "\n".join(_wrapped(text, width))


def _wrapped(text: str, width: int) -> list[str]:
    if text.isascii() or " " in text:
        return wrap(text, width, break_on_hyphens=False, break_long_words=False) or [text]
    return [text[i : i + width] for i in range(0, len(text), width)] or [text]


def label_points(
    axes: Axes,
    points: Sequence[tuple[float, float]],
    texts: Sequence[str],
    size: float = 8.0,
    marker_points: float = 9.0,
    keep_clear: Sequence[Text] = (),
) -> tuple[Text, ...]:
    """Write each text near its point, with a thin line where it had to move away.

    points in data units; marker_points: diameter of the markers; keep_clear: texts already on the
    axes. Call it last: limits and layout must stand. The same input gives the same places.
    """
    with house():
        figure = axes.get_figure(root=True)
        if figure is None:
            raise ValueError("axes without a figure")
        figure.draw_without_rendering()
        labels = [axes.annotate(t, p, (0, 0), textcoords="offset points", fontsize=size,
                                ha="center", va="center", color=BLACK, zorder=5,
                                path_effects=[withStroke(linewidth=1.8, foreground="white")])
                  for t, p in zip(texts, points, strict=True)]  # fmt: skip
        to_points = 72 / figure.dpi
        at = [tuple(v * to_points for v in axes.transData.transform(p)) for p in points]
        sizes = [_size(label, to_points) for label in labels]
        fixed = [_box_of(text, to_points) for text in keep_clear]
        frame = axes.get_window_extent()
        room = Box(
            (frame.x0 + frame.x1) / 2 * to_points,
            (frame.y0 + frame.y1) / 2 * to_points,
            frame.width * to_points,
            frame.height * to_points,
        )
        markers = [Box(x, y, marker_points, marker_points) for x, y in at]
        placed = _place([(x, y) for x, y in at], sizes, markers, fixed, room)
        for label, point, (x, y), box in zip(labels, points, at, placed, strict=True):
            label.set_position((box.x - x, box.y - y))
            _leader(axes, point, x, y, box)
    return tuple(labels)


def _leader(axes: Axes, point: tuple[float, float], x: float, y: float, box: Box) -> None:
    """A line from the point to the nearest edge of a label that stands away from it."""
    end_x = min(max(x, box.x - box.width / 2), box.x + box.width / 2)
    end_y = min(max(y, box.y - box.height / 2), box.y + box.height / 2)
    if hypot(end_x - x, end_y - y) < _LEADER_FROM:
        return
    axes.annotate("", point, (end_x - x, end_y - y),
                  textcoords="offset points", zorder=2,
                  arrowprops={"arrowstyle": "-", "color": GREY, "lw": 0.6,
                              "shrinkA": 0, "shrinkB": 2})  # fmt: skip


def _place(
    at: Sequence[tuple[float, float]],
    sizes: Sequence[tuple[float, float]],
    markers: Sequence[Box],
    fixed: Sequence[Box],
    room: Box,
) -> list[Box]:
    """Greedy, the most crowded first, then each once more knowing all the others."""
    crowd = [sum(hypot(x - a, y - b) < 60 for a, b in at) for x, y in at]
    order = sorted(range(len(at)), key=lambda i: (-crowd[i], i))
    boxes: dict[int, Box] = {}
    for _ in range(_ROUNDS):
        before = dict(boxes)
        for i in order:
            others = [box for j, box in boxes.items() if j != i] + list(fixed)
            tries = _candidates(*at[i], *sizes[i], markers[i].width / 2)
            boxes[i] = min(tries, key=lambda t: _cost(t, others, markers, room))[0]
        if boxes == before:
            break
    return [boxes[i] for i in range(len(at))]


def _candidates(
    x: float, y: float, width: float, height: float, radius: float
) -> list[tuple[Box, float]]:
    """Places round a point with the distance of each."""
    out = []
    for gap, angle in product(_GAPS, _ANGLES):
        across, up = cos(angle), sin(angle)
        reach = radius + gap
        centre_x = x + across * reach + (width / 2) * max(-1.0, min(1.0, 1.6 * across))
        centre_y = y + up * reach + (height / 2) * max(-1.0, min(1.0, 1.6 * up))
        out.append((Box(centre_x, centre_y, width, height), gap))
    return out


def _cost(
    candidate: tuple[Box, float], others: Sequence[Box], markers: Sequence[Box], room: Box
) -> float:
    box, gap = candidate
    outside = box.width * box.height - box.overlap(room)
    over_labels = sum(box.overlap(other) for other in others)
    over_markers = sum(box.overlap(marker) for marker in markers)
    return 20 * outside + 10 * over_labels + 8 * over_markers + gap


def _size(label: Text, to_points: float) -> tuple[float, float]:
    box = _box_of(label, to_points)
    return box.width + 2, box.height + 1


def _box_of(text: Text, to_points: float) -> Box:
    extent = text.get_window_extent()
    return Box(
        (extent.x0 + extent.x1) / 2 * to_points,
        (extent.y0 + extent.y1) / 2 * to_points,
        extent.width * to_points,
        extent.height * to_points,
    )
