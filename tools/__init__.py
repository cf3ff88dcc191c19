"""What development needs beside the program itself."""
