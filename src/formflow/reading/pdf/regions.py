"""A grid of small fields with walls between some → the rectangles they make up. Pure bookkeeping: knows no page."""

from __future__ import annotations

from collections.abc import Iterator

_Field = tuple[int, int]
# (row, column, row_span, column_span)
Rectangle = tuple[int, int, int, int]


def rectangles(walls: list[list[bool]], floors: list[list[bool]]) -> list[Rectangle]:
    """The rectangles in row-major order. `walls[row][edge]`, `floors[edge][column]`. What is open to the outside is none; what is no
    rectangle (a line was left out) comes as the widest rectangles it can be cut into."""
    rows, columns = len(walls), len(floors[0])
    seen: set[_Field] = set()
    found: list[Rectangle] = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) not in seen:
                region, is_closed = _region((row, column), walls, floors)
                seen |= region
                if is_closed:
                    found.extend(_rectangles_in(region))
    return sorted(found)


def _region(start: _Field, walls: list[list[bool]], floors: list[list[bool]]) -> tuple[set[_Field], bool]:
    """The fields that can be walked to from one, and whether there is no way out of the grid."""
    rows, columns = len(walls), len(floors[0])
    region, queue, is_closed = {start}, [start], True
    while queue:
        row, column = queue.pop()
        for is_walled, other in (
            (walls[row][column], (row, column - 1)),
            (walls[row][column + 1], (row, column + 1)),
            (floors[row][column], (row - 1, column)),
            (floors[row + 1][column], (row + 1, column)),
        ):
            if is_walled or other in region:
                continue
            if not (0 <= other[0] < rows and 0 <= other[1] < columns):
                is_closed = False
                continue
            region.add(other)
            queue.append(other)
    return region, is_closed


def _rectangles_in(region: set[_Field]) -> Iterator[Rectangle]:
    top, left = min(row for row, _ in region), min(column for _, column in region)
    height = max(row for row, _ in region) - top + 1
    width = max(column for _, column in region) - left + 1
    if len(region) == width * height:
        yield top, left, height, width
        return
    # Runs of fields row by row; a run grows downwards as long as the row below has the same run.
    growing: dict[tuple[int, int], Rectangle] = {}
    for row in range(top, top + height):
        runs = set(_runs(sorted(column for own, column in region if own == row)))
        for run in [run for run in growing if run not in runs]:
            yield growing.pop(run)
        for first, length in runs:
            grown = growing.get((first, length), (row, first, 0, length))
            growing[first, length] = (grown[0], first, grown[2] + 1, length)
    yield from growing.values()


def _runs(columns: list[int]) -> Iterator[tuple[int, int]]:
    start = previous = columns[0]
    for column in columns[1:]:
        if column != previous + 1:
            yield start, previous - start + 1
            start = column
        previous = column
    yield start, previous - start + 1
