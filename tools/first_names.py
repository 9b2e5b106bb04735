# ruff: noqa: SIM905  (long lists read better as text)
"""Writes parvis/shared/free_text/first_names.txt from the names that Faker ships (MIT licence).

A star marks a name that is also a word (rose, pierre, mark), after the dictionaries of simplemma (MIT licence). Both are
needed for this only, and not installed with Parvis: pip install faker simplemma, then python tools/first_names.py.
"""

from __future__ import annotations

import importlib
import unicodedata
from pathlib import Path

import simplemma

# Where visitors of today's networks, or their parents, were given their names.
LOCALES = (
    "fr_FR fr_BE fr_CH fr_QC fr_DZ en_GB en_US de_DE it_IT es_ES pt_PT pt_BR nl_NL nl_BE da_DK fi_FI hr_HR bg_BG"
    " uk_UA ar_AA ar_DZ tr_TR pl_PL ro_RO ru_RU"
).split()
# Frequent in France and Belgium, absent from the lists above.
MORE = """Mohamed Mohammed Muhammad Fatima Fatoumata Aminata Mariam Mariama Moussa Ousmane Ibrahima Mamadou Souleymane
Abdoulaye Boubacar Cheikh Seydou Kadiatou Aïssata Awa Fanta Rokia Djibril Sekou Bakary Lassana Modibo Samba Yacine
Rachida Zohra Khadija Latifa Malika Naïma Samira Karima Nadia Leïla Yasmina Soumaya Hafida Rachid Karim Hakim Mourad
Nabil Samir Tarek Youssef Khalid Hicham Driss Brahim Abdelhak Fouad Jamal Kamel Linh Thuy Phuong Priya Rajesh Suresh
Anil Sunita Oleksandr Dmytro Oksana Iryna Svitlana Kateryna Volodymyr Olena Tetiana Nataliia Serhii Andrii Mykola
Zemfira Aram Hovhannes Anahit Besnik Arben Blerim Xhevdet Fatmir Ahmad Mohammad Zahra Reza Hossein Gulnara Tekle
Selam Yonas Haile Kwame Kofi Ama Chinedu Ngozi Ifeoma Emeka
Will Precious Blessing Tuan Wei Ming Sana Imane Ikram Ilham Wafa Houda Amina Aminata Safia""".split()
# Words at the head of a sentence in languages whose dictionaries there are full of names.
WORDS = set(
    """will mark grant art hope max job bill frank rich sue pat dean chase drew faith grace joy may june april august summer
    dawn eve iris ivy lily daisy amber ruby crystal pearl penny holly olive victor christian page jordan asia india china
    troy lance miles guy gene don ray rob sandy dale glen cliff brook heath carter hunter mason porter taylor parker carol
    angel star storm sky rain destiny harmony melody precious gift justice prince duke earl king royal major chance blessing
    patience charity constant ernest major norm sterling christ trinity heaven nova sol luz mar paz amparo consuelo dolores
    pilar rosario socorro remedios angustias esperanza gloria victoria alba luna estrella cruz santos reyes angela
    linde heide helm wolf bernd ernst gerda hilde ralf lenz mut rada zora vita vera nada slava rajna zlata jagoda visnja
    tuuli lumi taimi pilvi meri aava sade satu onni toivo rauha armi oiva urho veli tapio oras vuokko kielo
    mai anker bo dag ask eik bjarke liv tove rune sten ulf ve luna lykke signe
    can deniz umut ada eda asya yagmur bahar gunes sevgi sevda savas baris devrim eylul ekim kader cesur ersin okan soner
    line german georgian turkmen anders tage einer sara vasco frances esa tecla domingo abril tom side andre mika jos anna kada то ariane
    ion sorin ana ala dan dani mia mila lana""".split()
)
DICTIONARIES = ["fr", "it", "nl", "uk", "bg"]
TARGET = Path(__file__).resolve().parents[1] / "parvis" / "shared" / "free_text" / "first_names.txt"


def fold(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def is_a_word(name: str) -> bool:
    return name in WORDS or any(simplemma.is_known(name, lang=language) for language in DICTIONARIES)


def main() -> None:
    names = {fold(name) for name in MORE}
    for locale in LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        lists = [value for key, value in vars(provider).items() if key.startswith("first_names")]
        names |= {
            fold(part) for some in lists for name in some for part in str(name).replace("-", " ").split()
        }
    kept = sorted(name for name in names if len(name) >= 3 and name.isalpha())
    lines = [name + ("*" if is_a_word(name) else "") for name in kept]
    TARGET.write_text("\n".join(lines) + "\n")
    print(f"{len(kept)} first names")


if __name__ == "__main__":
    main()
