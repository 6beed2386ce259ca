"""Workbooks that go out to be looked at or filled in, as bytes; the same content gives the same bytes."""
