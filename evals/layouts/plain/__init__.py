"""Plain bulletins, papers and pages as offices print them most: the fourth set held out."""
