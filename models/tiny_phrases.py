"""What people say of the drawn world: captions in English, German and Chinese, notes, and nonsense."""

import random
from collections.abc import Sequence
from dataclasses import replace

from models.tiny_world import (
    BACKGROUNDS,
    COLOURS,
    COUNTS,
    MOTION_SYNONYMS,
    MOTIONS,
    NOUNS,
    PLACES,
    SIZE_SYNONYMS,
    SIZES,
    UNSAID,
    WORDS,
    Caption,
    Language,
    Scene,
    Thing,
)


def caption(rng: random.Random, scene: Scene, language: Language = "en", *, full: bool = False) -> Caption:
    """Say the scene in a sentence: every fact when `full`, else a random part, as people remember things."""
    said = scene if full else _forget(rng, scene)
    medium = scene.medium if full or rng.random() < 0.3 else None
    facts = Caption(
        "", language, said.things, medium, said.background, said.motion if said.motion else UNSAID, said.words
    )
    if facts.medium is None and facts.words and not facts.things and rng.random() < 0.4:
        return replace(facts, text=" ".join(WORDS[word] for word in facts.words))  # just the words
    return replace(facts, text=_SAY[language](rng, facts))


def _forget(rng: random.Random, scene: Scene) -> Scene:
    keep = rng.random()  # how much is remembered at all
    things = list(scene.things)
    if len(things) > 1 and rng.random() > keep:
        things = rng.sample(things, rng.randint(1, len(things) - 1))
    if scene.words and things and rng.random() < 0.4:
        things = []
    things = [
        Thing(
            thing.noun,
            thing.colour if rng.random() < 0.8 else UNSAID,
            thing.count,
            thing.size if rng.random() < keep else UNSAID,
            thing.place if rng.random() < keep else UNSAID,
        )
        for thing in things
    ]
    words = scene.words if not things or rng.random() < 0.6 else ()
    if len(words) > 1 and rng.random() < 0.5:
        words = (rng.choice(words),)
    background = scene.background if rng.random() < keep else UNSAID
    motion = scene.motion if rng.random() < 0.85 else 0
    return replace(scene, things=tuple(things), words=words, background=background, motion=motion)


def _say_en(rng: random.Random, facts: Caption) -> str:
    groups = []
    for thing in facts.things:
        noun = NOUNS[thing.noun]
        size = SIZES[thing.size][0] if thing.size != UNSAID else ""
        if rng.random() < 0.2:
            size = SIZE_SYNONYMS.get(size, size)
        name = (
            noun.en_plural if thing.count > 1 else noun.also if noun.also and rng.random() < 0.15 else noun.en
        )
        words = [size, COLOURS[thing.colour][0] if thing.colour != UNSAID else "", name]
        phrase = " ".join(word for word in words if word)
        if thing.count == 1:
            phrase = phrase if rng.random() < 0.2 else ("an " if phrase[0] in "aeiou" else "a ") + phrase
        else:
            phrase = f"{COUNTS[thing.count][0]} {phrase}"
        if thing.place != UNSAID and facts.medium != "page":
            phrase += f" {PLACES[thing.place][0]}"
        groups.append(phrase)
    text = _join(groups, " and ")
    if facts.motion != UNSAID:
        motion = MOTIONS[facts.motion][0]
        motion = MOTION_SYNONYMS[motion] if rng.random() < 0.25 else motion
        text = f"{text} {rng.choice(('', 'that '))}{motion}" if text else f"something {motion}"
    written = _join([WORDS[word] for word in facts.words], " and ")
    if written:
        quoted = rng.choice((f"the word {written}", f"the text {written}", f'"{written}"', written))
        text = f"{text} and {quoted}" if text else quoted
    if facts.background != UNSAID:
        text = f"{text} {BACKGROUNDS[facts.background][0]}".strip()
    text = text or "something"
    match facts.medium:
        case "picture":
            return f"{rng.choice(('a picture of', 'a photo of', 'an image with'))} {text}"
        case "screenshot":
            return f"{rng.choice(('a screenshot with', 'a screenshot showing', 'a window that says'))} {text}"
        case "page":
            return f"{rng.choice(('a page with', 'a document with', 'a page about'))} {text}"
        case "clip":
            return f"{rng.choice(('a video of', 'a clip in which', 'a video where'))} {text}"
        case "text":
            return f"{rng.choice(('a note about', 'a text about'))} {text}"
        case None:
            return text


def _say_de(rng: random.Random, facts: Caption) -> str:
    groups = []
    for thing in facts.things:
        noun = NOUNS[thing.noun]
        plural = thing.count > 1
        # Indefinite article without a preposition: nominative.
        ending = "e" if plural or noun.gender == "f" else {"m": "er", "n": "es"}[noun.gender]
        adjectives = [SIZES[thing.size][1]] if thing.size != UNSAID else []
        adjectives += [COLOURS[thing.colour][1]] if thing.colour != UNSAID else []
        article = COUNTS[thing.count][1] if plural else "eine" if noun.gender == "f" else "ein"
        words = [article, *(a + ending for a in adjectives), noun.de_plural if plural else noun.de]
        if thing.place != UNSAID and facts.medium != "page":
            words.append(PLACES[thing.place][1])
        groups.append(" ".join(words))
    text = _join(groups, " und ")
    if facts.motion != UNSAID:
        text = f"{text or 'etwas'} {MOTIONS[facts.motion][1]}"
    words_said = _join([WORDS[word] for word in facts.words], " und ")
    if words_said:
        quoted = rng.choice((f"das Wort {words_said}", f"der Text {words_said}"))
        text = f"{text} und {quoted}" if text else quoted
    if facts.background != UNSAID:
        text = f"{text} {BACKGROUNDS[facts.background][1]}".strip()
    text = text or "etwas"
    prefix = {"picture": "ein Bild: ", "screenshot": "ein Bildschirmfoto: ", "page": "eine Seite: "}
    prefix |= {"clip": "ein Video: ", "text": "eine Notiz: "}
    return (prefix[facts.medium] if facts.medium else "") + text


def _say_zh(rng: random.Random, facts: Caption) -> str:
    groups = []
    for thing in facts.things:
        noun = NOUNS[thing.noun]
        size = SIZES[thing.size][2] if thing.size != UNSAID else ""
        colour = f"{COLOURS[thing.colour][2]}的" if thing.colour != UNSAID else ""
        place = PLACES[thing.place][2] if thing.place != UNSAID and facts.medium != "page" else ""
        groups.append(f"{place}{COUNTS[thing.count][2]}{noun.measure}{size}{colour}{noun.zh}")
    text = "和".join(groups)
    if facts.motion != UNSAID:
        text = f"{text or '东西'}{MOTIONS[facts.motion][2]}"
    if facts.words:
        text = f"{text}{'和' if text else ''}文字 {'和 '.join(WORDS[word] for word in facts.words)}"
    if facts.background != UNSAID:
        text = f"{BACKGROUNDS[facts.background][2]}{text}"
    text = text or "东西"
    prefix = {
        "picture": "图片：",
        "screenshot": "截图：",
        "page": "页面：",
        "clip": "视频：",
        "text": "笔记：",
    }
    return (prefix[facts.medium] if facts.medium else "") + text


_SAY = {"en": _say_en, "de": _say_de, "zh": _say_zh}


def _join(parts: Sequence[str], last: str) -> str:
    return last.join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def note(rng: random.Random, scene: Scene) -> str:
    """What a text document about the scene says: a title and some sentences, never the caption itself."""
    opening = ("Notes", "Today", "Diary", "From the trip", "To remember", "Description")
    lines = [rng.choice(opening) + (f": {WORDS[scene.words[0]]}." if scene.words else ".")]
    for thing in scene.things:
        one = replace(scene, things=(thing,), background=UNSAID, words=())
        said = _say_en(rng, Caption("", "en", one.things))
        lines.append(rng.choice(("We saw {}.", "There was {}.", "I drew {}.", "Then came {}.")).format(said))
    lines.append(f"It was {BACKGROUNDS[scene.background][0]}.")
    return " ".join(lines)


NONSENSE_SYLLABLES = (
    "qu", "zx", "vort", "blim", "kra", "snee", "dag", "wuf", "plon", "tri", "gex", "mip", "ool", "yab",
)  # fmt: skip
FOREIGN_TOPICS = (
    "quantum physics lecture", "stock market crash", "how to bake bread", "president election",
    "airplane engine",
    "dentist appointment", "mountain climbing gear", "violin sonata", "guitar", "dinosaur skeleton",
    "rocket launch",
    "wedding dress", "tax return form", "chess opening", "pizza with cheese",
    "elephant in the zoo", "laptop keyboard",
    "traffic jam", "basketball player", "laboratory microscope", "an old castle", "sushi plate",
    "ballet dancer",
    "snake", "horse racing", "skyscraper", "train", "bicycle", "ein Flugzeug", "der Elefant",
    "飞机", "大象", "自行车",
)  # fmt: skip


def nonsense(rng: random.Random) -> str:
    """A query that nothing in this world answers."""
    if rng.random() < 0.5:
        return rng.choice(FOREIGN_TOPICS)
    return " ".join(
        "".join(rng.choices(NONSENSE_SYLLABLES, k=rng.randint(2, 3))) for _ in range(rng.randint(1, 3))
    )
