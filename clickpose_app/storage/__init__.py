"""Where annotations and pixels live: the project database, image files, skeleton files."""
