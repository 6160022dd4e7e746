"""Bulletins of counties with a second voice and pages designed one by one: the third set held out."""
