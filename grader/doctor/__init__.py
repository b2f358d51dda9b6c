"""Prove a course: one module a proof."""
