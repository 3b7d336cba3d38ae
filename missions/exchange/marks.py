"""A set of row numbers that stays small: one bit a number, since the numbers of a load stand close together."""

from collections.abc import Iterable, Iterator

PAGE = 16  # bits of a number that tell its place on its page


class Marks:
    def __init__(self):
        self.pages: dict[int, bytearray] = {}

    def add(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            page, place = number >> PAGE, number & (1 << PAGE) - 1
            if page not in self.pages:
                self.pages[page] = bytearray(1 << PAGE - 3)
            self.pages[page][place >> 3] |= 1 << (place & 7)

    def __contains__(self, number: int) -> bool:
        page, place = self.pages.get(number >> PAGE), number & (1 << PAGE) - 1
        return page is not None and bool(page[place >> 3] >> (place & 7) & 1)

    def __len__(self):
        return sum(int.from_bytes(page, "big").bit_count() for page in self.pages.values())

    def __iter__(self) -> Iterator[int]:
        """The numbers, rising."""
        for number, page in sorted(self.pages.items()):
            for place, bits in enumerate(page):
                if bits:
                    first = (number << PAGE) + (place << 3)
                    yield from (first + bit for bit in range(8) if bits >> bit & 1)
