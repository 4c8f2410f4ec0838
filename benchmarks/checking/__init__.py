"""One mixture: the same rules in mesomix, and in what a user would pick instead."""
