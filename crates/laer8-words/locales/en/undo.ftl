# Taking back what was just done.
undo-withdrawn = The note is withdrawn.
undo-do = Undo
