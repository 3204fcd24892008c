"""One module for the reading of each format of gold or prediction."""
