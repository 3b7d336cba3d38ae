"""The dataset as files: `build` writes fixtures, `load` reads them into any database."""
