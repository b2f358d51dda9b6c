"""The pages of a class: templates, styles and a script, as package data."""
