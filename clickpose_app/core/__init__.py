"""What an annotation is: values and pure functions on numpy and the standard library."""
