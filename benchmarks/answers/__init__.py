"""How well the assistant answers: questions with key facts, a grader, and the last run to compare."""
