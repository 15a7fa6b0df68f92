"""What a text is about beside its numbers."""

from models.enums import Lang
from monitor.figures.gist import gist_of


def test_words_of_counting_tell_nothing_of_what_happened() -> None:
    fire = gist_of("Четыре человека погибли и двое пострадали при пожаре на складе мебели.", Lang.RU)
    assert {"пожар", "склад", "мебел"} <= fire.words
    assert not {"погиб", "постр", "четыр"} & fire.words


def test_the_beginning_of_a_word_is_kept_whatever_its_case() -> None:
    assert gist_of("Пожежа на складі", Lang.UK).words & gist_of("Після пожежі", Lang.UK).words == {"пожеж"}
