"""The values every room speaks in. Frozen, no I/O, no clock; imports nothing but `errors`."""
