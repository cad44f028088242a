"""What the tables are, and how they are read and checked."""
