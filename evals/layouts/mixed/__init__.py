"""The fifth set: six kinds of bulletins that counties and cities send out, in a voice of its own."""
