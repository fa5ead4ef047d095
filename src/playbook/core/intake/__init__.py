"""Tables in: files as text first, then typed by their schema, every fault located."""
