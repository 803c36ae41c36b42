"""Documents of learning."""
