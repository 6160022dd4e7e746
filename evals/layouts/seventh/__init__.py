"""A seventh set: ten bulletins of ordinary offices, each with articles, news and short news of several places."""
