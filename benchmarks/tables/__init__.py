"""Many mixtures at once: the same findings from mesomix, SQL and data frames."""
