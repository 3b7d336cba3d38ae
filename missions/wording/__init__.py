"""What words mean: dates and numbers as people write them, Dutch and English. Pure Python, no Django."""
