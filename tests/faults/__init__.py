"""What goes wrong with machines: kills, full disks, damaged files, clocks."""
