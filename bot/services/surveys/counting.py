"""What is counted of answers, and what of it may be shown: pure.

A slice is «» (everybody), «c:7А» (a class) or «g:12» (a course). «c» and «g» count the answers that stand in no slice of their
kind. Whoever reads the database can join «ответ получен» with the classes; so an anonymous answer is counted in the slice of a
class only once an answer has come for four other children of it, and of five nobody can say whose it is (decision 65).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from storage.surveys.answers import Reply

LEAST = 5  # answers of an anonymous questionnaire that are shown by themselves
KINDS = ("c", "g")  # by class, by course

Slices = dict[str, dict[str, int]]  # slice → option → how many


def in_class(name: str) -> str:
    return f"c:{name}"


def in_course(course_id: int) -> str:
    return f"g:{course_id}"


def slices_of(classes: Iterable[str], courses: Iterable[int]) -> frozenset[str]:
    """The slices an answer for these children stands in, but for everybody's."""
    return frozenset([*map(in_class, classes), *map(in_course, courses)])


def kept_slices(mine: frozenset[str], received: Mapping[str, int]) -> frozenset[str]:
    """Those of them an anonymous answer is counted in. `received`: slice → children an answer has come for already."""
    return frozenset(each for each in mine if received.get(each, 0) >= LEAST - 1)


def with_rest(slices: frozenset[str]) -> list[str]:
    """Every key an answer is counted under."""
    rest = [kind for kind in KINDS if not any(each.startswith(f"{kind}:") for each in slices)]
    return ["", *sorted(slices), *rest]


def counted_in(counts: Mapping[str, Mapping[str, int]], slices: Iterable[str], options: Iterable[str]) -> Slices:
    """The counts with one answer more. By alphabet: what stands first in it does not say what was picked first."""
    found = {slice_: dict(each) for slice_, each in counts.items()}
    picked = list(options)
    for slice_ in slices:
        here = found.setdefault(slice_, {})
        for option in picked:
            here[option] = here.get(option, 0) + 1
    return {slice_: dict(sorted(found[slice_].items())) for slice_ in sorted(found)}


def added(totals: Mapping[str, int], slices: Iterable[str]) -> dict[str, int]:
    """The numbers of answers with one more."""
    return dict(sorted((Counter(totals) + Counter(slices)).items()))


def with_words(words: Iterable[str], reply: Reply) -> list[str]:
    """The words with one answer's, by alphabet: their order says nothing of who wrote when."""
    return sorted([*words, *([reply.words] if reply.words else [])], key=lambda each: (each.casefold(), each))


def shown(totals: Mapping[str, int], kind: str, *, least: int) -> list[str]:
    """The slices of a kind that may be shown: nothing smaller than `least`, nor what would be found by subtraction.

    Where every answer stands in one slice at most, what is left of all when the shown ones are taken away is a group too.
    Where answers stand in several (a child learns in two courses), what is left of all beside each one.
    """
    total = totals.get("", 0)
    groups = {each: count for each, count in totals.items() if each.startswith(f"{kind}:") and count}
    large = sorted((each for each, count in groups.items() if count >= least), key=lambda each: (groups[each], each))
    if least <= 1:
        return sorted(large)
    if sum(groups.values()) + totals.get(kind, 0) > total:  # some stand in several
        return sorted(each for each in large if groups[each] in (total, *range(total - least + 1)))
    while large and 0 < total - sum(groups[each] for each in large) < least:
        large.pop(0)
    return sorted(large)
