"""Django's SQLite engine with a process-wide queue of writers.

SQLite does not queue: a second writer sleeps and tries again, and under load some wait for a second. Here a thread takes
one lock of the process before ``BEGIN IMMEDIATE`` and gives it back at commit or rollback, so writers go one after
another as they came. Another process still waits on SQLite's own lock.
"""
