"""When a centre of these tests is open."""

from datetime import time

from parvis.centres.models import OpeningHours


def week(centre, days=range(5), opens=time(9), closes=time(17)):
    site = centre.sites.get()
    for weekday in days:
        OpeningHours.objects.create(site=site, weekday=weekday, opens=opens, closes=closes)
    return centre
