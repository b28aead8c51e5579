"""Proof: a record of a process that can be checked by anybody, for ever; see docs/proof.md."""
