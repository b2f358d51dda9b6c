"""Quizzes: questions in endless variants, with distractors that mean something.

Read `blocks` (what a question is made of), `family` (how to write one), then
`variants` (how they are drawn, counted and kept apart) and `paper`.
"""
