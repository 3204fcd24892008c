"""What takes documents apart by libraries that hostile bytes can hold, crash or make greedy. `process` starts and ends
the processes it runs in (`serve`); each other module has one function, from a document to the values in it."""
