"""What is asked, what is right, and what a wrong answer means."""
