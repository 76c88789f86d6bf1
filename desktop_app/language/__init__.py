"""What the window says: its own sentences, and the engine's in the person's language.

i18n.py               which language, from resources/translations
engine_words.py       the engine's sentences, recognised and translated
wording.py            sentences about files and counts
"""
