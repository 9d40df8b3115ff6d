"""Every door of the running program, tried by those who may not enter (R14, R70–R72)."""
