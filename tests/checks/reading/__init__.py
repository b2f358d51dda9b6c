"""An independent reader of descriptions: it believes nothing that it can check."""
