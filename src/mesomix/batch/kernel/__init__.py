"""The check of many rows at once, on numpy. Who imports it has the extra `mesomix[tables]`."""
