"""A small instance of our own in the public text format, and where the real ones may lie."""

from pathlib import Path

PUBLIC = Path("/work/shared/data/rostering")

SAMPLE = """# Two kinds of shift, three people, eight days from a Monday
SECTION_HORIZON
# days
8

SECTION_SHIFTS
# ShiftID, Length in mins, Shifts which cannot follow this shift | separated
E,240,
L,480,E

SECTION_STAFF
# ID, MaxShifts, MaxTotalMinutes, MinTotalMinutes, MaxConsecutive, MinConsecutive, MinConsecutiveDaysOff, MaxWeekends
Ada,E=8|L=8,2400,960,3,2,2,1
Bo,E=8|L=1,1680,0,3,2,1,0
Cy,E=0|L=8,2400,960,2,1,2,1

SECTION_DAYS_OFF
# EmployeeID, DayIndexes (start at zero)
Ada,0
Bo,3,4

SECTION_SHIFT_ON_REQUESTS
# EmployeeID, Day, ShiftID, Weight
Ada,1,L,2
Cy,7,L,3

SECTION_SHIFT_OFF_REQUESTS
# EmployeeID, Day, ShiftID, Weight
Bo,1,E,4

SECTION_COVER
# Day, ShiftID, Requirement, Weight for under, Weight for over
0,E,1,10,1
1,E,1,10,1
1,L,1,10,2
2,L,1,10,1
4,L,1,10,1
5,L,1,10,1
6,E,1,7,1
7,L,2,10,1
"""
