"""A draft budget (概算): its model and the readers of its file forms."""
