"""One module for the comparison of each layer."""
