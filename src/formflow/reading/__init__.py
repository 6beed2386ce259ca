"""Bytes → `Document`, for every kind of file that can be read. Imports nothing but the model; knows no programme."""

from formflow.reading.limits import Limits
from formflow.reading.reader import read_document

__all__ = ["Limits", "read_document"]
