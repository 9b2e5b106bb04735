"""Reception: where visitors arrive without a name, wait, meet an adviser and leave.

A *ticket* is a place in the queue and holds no identity; a *seat* is an adviser on duty at a desk; an *act* says what
was done, in codes; a *passage* is one crossing of the door; a *day* carries the counter and is signed off in the evening.
Called by the kiosk, greeter, desk and board pages, the devices at the door, and the demonstration.
"""
