import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from parvis.agenda.forms.visitor_ask_class import ClassForm
from parvis.agenda.visitor_name_lists import looks_like_a_list, refuse_names_of_pupils

LISTS = [
    "Emma Dupont\nLucas Martin\nLéa Bernard\nHugo Petit",
    "1. DUPONT Emma\n2. MARTIN Lucas\n3. BERNARD Léa",
    "Emma, Lucas, Léa, Hugo, Chloé",
    "emma, lucas, hugo, manon, théo",
    "Emma Lucas Hugo Manon Théo",
    "La classe : Emma D., Lucas M., Manon B. et Hugo P.",
    "Nom\tPrénom\tNé le\nDupont\tEmma\t12/03/2012\nMartin\tLucas\t01/02/2012\nBernard\tManon\t30/11/2011",
    "Dupont;Emma;3B\nMartin;Lucas;3B\nBernard;Manon;3B",
    "- Emma Dupont (3e B)\n- Lucas Martin (3e B)\n- Manon Bernard (3e B)",
    "We come with Oliver Smith, Emily Jones, Harry Taylor and Charlotte Brown.",
    "Finn Müller\nLena Schmidt\nJonas Weber",
    "Giulia Rossi, Lorenzo Bianchi, Matteo Ferrari",
    "Lucía García\nMateo Fernández\nPablo Sánchez",
    "Іван Шевченко\nОлена Коваленко\nАндрій Бондаренко",
    "Иван Петров, Мария Иванова, Георги Димитров",
    "محمد علي\nفاطمة حسن\nأحمد خالد",
    "محمد، فاطمة، أحمد، خالد",
    "Amina Diallo / Mohamed Traoré / Fatou Camara",
    "Emma Virtanen\nEetu Korhonen\nAino Nieminen",
    "Freja Nielsen; Magnus Jensen; Mikkel Hansen",
    "Ivana Horvat\nMarko Kovačević\nPetra Babić",
    "marie dupont, paul martin, julie durand",
    "dupont marie\nmartin paul\npetit kevin",
    "DUPONT\tMarie\t12/03/2010\nMARTIN\tPaul\t01/02/2010\nDURAND\tJulie\t03/04/2010",
    "Kevin B., Lea C., Tom D., Zoe F.",
    "Emma (3e B) Lucas (3e B) Manon (3e A) Hugo (3e B)",
    "emma lucas hugo manon théo",
]
FINE = [
    "",
    "Two pupils use a wheelchair. One is deaf and lip-reads.",
    "Deux élèves en fauteuil roulant, un élève malentendant, trois allophones.",
    "Français, anglais, arabe, turc, ukrainien",
    "Arabisch, Türkisch, Ukrainisch, Rumänisch, Dari",
    "Boulangerie, menuiserie, soins infirmiers, informatique, mécanique",
    "Mardi, jeudi, vendredi matin",
    "Paris, Lyon, Marseille, Lille, Nancy",
    "We come from Lycée Jean Moulin, by bus. The driver needs a place to park.",
    "Les élèves viennent du collège Marie-Curie, du lycée Jean Moulin et de l’institut Saint-Joseph.",
    "Bonjour,\nMerci pour votre réponse. Le jeudi nous convient.\nBien à vous,\nMarie Dupont",
    "Good day,\nThursday suits us. My colleague Paul comes too.\nBest wishes,\nAnna Smith",
    "Kraków, Warszawa, Gdańsk",
    "Santé, Social, Commerce, Industrie, Bâtiment",
    "Interviews in French, Dutch and English. Lunch: no pork, no nuts, two vegetarians.",
    "24 + 2\n12 girls, 12 boys\n3 new in the country",
    "Zwei Gruppen: Metall, Holz, Farbe, Pflege",
    "Понеделник, вторник, сряда",
    "الاثنين، الثلاثاء، الأربعاء",
    "Allergies : arachides, lait, gluten, œufs.",
    "Rose, Olive, Iris et Violette sont les noms de nos salles",
    "Marie Durand et Paul Petit accompagnent la classe",
    "ممرّ بلا درج، مكان هادئ، مترجم… من دون أسماء.",
    "lift, quiet room, sign language, no nuts",
    "Metz – Nancy – Strasbourg by train, arriving at 9.10",
]


@pytest.mark.parametrize("text", LISTS)
def test_a_list_of_pupils_is_seen(text):
    assert looks_like_a_list(text)


@pytest.mark.parametrize("text", FINE)
def test_what_teachers_usually_write_is_no_list(text):
    assert not looks_like_a_list(text)


def test_one_name_among_the_needs_is_refused_with_a_quotation():
    with pytest.raises(ValidationError, match="Lina"):
        refuse_names_of_pupils("A wheelchair for Lina", country="FR")
    refuse_names_of_pupils("A wheelchair for one pupil", country="FR")


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_the_page_s_own_example_is_taken_in_every_language(language):
    with translation.override(language):
        refuse_names_of_pupils(str(ClassForm.base_fields["needs"].help_text), country="BE")


@given(st.text(max_size=600))
def test_any_text_is_read(text):
    assert looks_like_a_list(text) in (True, False)


@given(
    st.lists(st.sampled_from(["Emma Dupont", "Lucas Martin", "Manon Petit"]), min_size=3, max_size=40),
    st.sampled_from(["\n", ", ", "; ", "\t", " / ", "\r\n", " | "]),
    st.sampled_from(["", "- ", "1) ", "• "]),
)
def test_a_list_is_seen_however_it_is_parted(names, between, mark):
    assert looks_like_a_list(between.join(mark + one for one in names))
