"""What a row is told: computed by mesomix.check, one row after the other."""
