"""Whether a text is English, told from function words: short, exact and offline."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_NO_LATIN = re.compile("[^\x00-\u024f]")

_ENGLISH = frozenset(
    """the and to of a an in is are was were be been i i'm i've i'd i'll you your you're we our us my me it it's its this that
    these those for on with at by from as have has had do does did can could would will should may might if or but not no so
    about what when how who which where why there here would love like know just any some all more one your hi hello hey dear
    thanks thank please best regards am he she they their them his her than then because into out up over after before
    let see get got make made work think want need also very really don't can't didn't isn't wouldn't couldn't that's what's
    u ur pls thx hope quick call time help new saw sure yes happy""".split()
)
# Function words that English does not have (or hardly ever), by language.
_OTHER = {
    "es": "el los las un una de del que y en es por para con su sus como pero más muy esta este esto gracias hola usted está "
    "estoy soy mi me gustaría nuestro nuestra también cuando donde puede tengo saludos buenos días",
    "de": "der die das und ist ich sie wir ihr ihre ihnen mit für von zu den dem des ein eine einen einem nicht auch auf "
    "als sich bei aus nach wie über würde haben sind freue mich mein unser danke hallo guten grüße gerne bitte",
    "fr": "le la les un une des de du et est je vous nous il elle que qui dans pour pas sur avec au aux ce cette votre vos "
    "notre mes mon ma bonjour merci être suis serait plus cordialement salut très c'est j'ai",
    "pt": "o os as um uma de do da dos das que e em é por para com seu sua não mais como mas eu você obrigado obrigada olá "
    "estou sou minha meu gostaria nosso nossa também muito bom dia tenho",
    "hi": "hai hain ka ki ke ko mein main mai aap aapka aapke aapki kya nahi nahin se ho hu hoon raha rahi kar karna karne "
    "tha thi bhi aur mera meri mere hum tum ye yeh woh wo sakte sakta chahta chahiye bahut ji namaste dhanyavad ek liye",
    "it": "il lo gli un una di che e è per con non sono mi ti ci si come più anche questo questa grazie ciao buongiorno vorrei "
    "della del nella alla suo sua nostro molto ho saluti",
    "nl": "de het een en van ik je jij u uw wij we niet met voor op aan dat die zijn ook bij naar graag bedankt hallo groeten mijn",
}
_FOREIGN = {language: frozenset(words.split()) - _ENGLISH for language, words in _OTHER.items()}
_ANY_FOREIGN = frozenset().union(*_FOREIGN.values())


def detect_language(text: str) -> str | None:
    """Return ``"en"``, another language's code where its function words outnumber English ones, or None.

    None means that the text is too short or has too few known words to tell; letters outside the Latin
    script in the majority give ``"other"``.
    """
    if not text.isascii():
        others = sum(char.isalpha() for char in _NO_LATIN.findall(text))
        if others and others > 0.5 * sum(char.isalpha() for char in text):
            return "other"
    words = _WORD.findall(text.lower())[:400]
    if len(words) < 3:
        return None
    english = sum(word in _ENGLISH for word in words)
    foreign = [word for word in words if word in _ANY_FOREIGN]
    if len(foreign) >= 2 and len(foreign) > english:
        best, language = max(
            (sum(word in known for word in foreign), code) for code, known in _FOREIGN.items()
        )
        if best >= 2 and best > english:
            return language
    if english == 0:
        return None if len(words) < 8 else "other"
    if len(words) >= 12 and english / len(words) < 0.08:
        return "other"
    return "en"
