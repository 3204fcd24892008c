"""The workbench: the record in a browser, on one's own machine."""
