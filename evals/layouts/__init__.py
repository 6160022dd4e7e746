"""Invented bulletins (虚构样例) typeset by several tools in many layouts, their truth, and how well they are read."""
