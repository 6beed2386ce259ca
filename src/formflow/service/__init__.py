"""The imperative shell: the only room that moves files, reads the clock and keeps the books."""
