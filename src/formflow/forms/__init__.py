"""Document → Record: recognise which form a paper is, align it with its blank, take the answers out. Pure."""
