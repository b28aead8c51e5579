"""The rules: pure Python, standard library only; no clock, no I/O, no Temporal."""
