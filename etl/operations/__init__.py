"""What an operator does: copies, restoring, erasing, retention, checks of the installation."""
