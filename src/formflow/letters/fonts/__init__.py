"""The typefaces of official documents: their roles, the open fonts that stand in for them, those the machine has."""

from formflow.letters.fonts.book import Fallback, FontBook, LoadedFont, Substitution

__all__ = ["Fallback", "FontBook", "LoadedFont", "Substitution"]
