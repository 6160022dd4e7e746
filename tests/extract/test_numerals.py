from __future__ import annotations

from decimal import Decimal

import pytest

from extract.numerals import adjacent, last_scale, numeral, scale


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("零", 0),
        ("〇", 0),
        ("十", 10),
        ("十九", 19),
        ("廿二", 22),
        ("二十", 20),
        ("两百", 200),
        ("一百零八", 108),
        ("一百一", 110),
        ("三百五十", 350),
        ("一千零一", 1001),
        ("两千三", 2300),
        ("一万", 10000),
        ("一万二", 12000),
        ("三万五千", 35000),
        ("二十四万", 240000),
        ("一千二百万", 12_000_000),
        ("三亿五千万", 350_000_000),
        ("十二亿", 1_200_000_000),
        ("壹佰贰拾叁", 123),
        ("伍仟", 5000),
        ("二〇二六", 2026),
        ("一三八", 138),
        ("一点五", Decimal("1.5")),
        ("两点三万", 23000),
        ("零点零八", Decimal("0.08")),
        ("十点五", Decimal("10.5")),
    ],
)
def test_chinese_numerals(text: str, value: Decimal | int | None) -> None:
    assert numeral(text) == value


@pytest.mark.parametrize("text", ["县", "三县", "十百点", "二三十四五"])
def test_what_is_no_numeral_has_no_value(text: str) -> None:
    assert numeral(text) is None


@pytest.mark.parametrize(
    "number", [1, 7, 10, 11, 20, 99, 100, 101, 110, 305, 999, 1000, 1010, 9999, 10000, 10203, 123456]
)
def test_written_out_and_read_again(number: int) -> None:
    assert numeral(_written(number)) == number


def _written(number: int) -> str:
    """A numeral in the full form (10203 → 一万零二百零三), by the plain school rule."""
    if number >= 10000:
        high, low = divmod(number, 10000)
        return _written(high) + "万" + (("零" if low < 1000 else "") + _written(low) if low else "")
    text, zero = "", False
    for size, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            text += ("零" if zero and text else "") + "零一二三四五六七八九"[digit] + mark
            zero = False
        else:
            zero = True
    return text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234,567", 1234567),
        ("0.05", Decimal("0.05")),
        ("5亿1万4千6百", 500_014_600),
        ("7 万5 千4 百", 75400),
        ("3万4000", 34000),
        ("1千零20", 1020),
        ("2万5", 25000),
        ("一千零十二", 1012),
        ("四万万", 400_000_000),
        ("二十一万亿", 21 * 10**12),
        ("四十九兆九千五百九十二亿", 49_959_200_000_000),
        ("参拾参", 33),
        ("四百 点 五", Decimal("400.5")),
    ],
)
def test_arabic_and_mixed_numerals(text: str, value: Decimal | int) -> None:
    assert numeral(text) == value


def test_a_long_number_after_a_scale_is_no_part_of_it() -> None:
    assert numeral("2万20000") is None


def test_the_scale_a_numeral_ends_in() -> None:
    assert [last_scale(t) for t in ("三十万", "九百亿", "三百", "3万4000")] == [10**4, 10**8, 100, 1]


def test_scales_multiply() -> None:
    assert [scale(t) for t in ("", "百", "万", "百万", "千万", "亿", "万亿")] == [
        1,
        100,
        10**4,
        10**6,
        10**7,
        10**8,
        10**12,
    ]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("三四", 3, 4),
        ("三五", 3, 5),
        ("七八", 7, 8),
        ("五六十", 50, 60),
        ("两三百", 200, 300),
        ("十七八", 17, 18),
        ("二十五六", 25, 26),
        ("四五千", 4000, 5000),
        ("一百二三十", 120, 130),
    ],
)
def test_neighbouring_digits_are_a_range(text: str, low: int, high: int) -> None:
    assert adjacent(text) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize("text", ["四三", "二四", "二二", "一二三", "二〇"])
def test_other_digits_are_no_range(text: str) -> None:
    assert adjacent(text) is None
