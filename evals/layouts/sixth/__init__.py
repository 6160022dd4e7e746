"""A sixth set: a digest with its contents in a box, people praised, short projects, a paper with readers' letters."""
