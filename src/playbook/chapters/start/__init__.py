"""Chapter 00, start (开始): what is in the case, is the data sound, what will run."""
