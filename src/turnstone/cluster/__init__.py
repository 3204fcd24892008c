"""A corpus coded by many machines: a plan fixes the shards, workers code them by number, a merge commits them."""
