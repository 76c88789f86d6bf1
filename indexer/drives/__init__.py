"""Whether the disk of a folder is there and answers, and where it is now.

    volumes.py                drives by an id that they carry, wherever they are mounted; windows_drives.py
    answering.py              asks a folder without waiting for ever

Why a folder is known by its disk and its path on it, and not by its path alone: a drive gets another letter
or mount point, and another drive gets its place. An id that the disk carries tells both apart without opening
a file; where there is none, an empty mount point is recognised by its device number.

Why each file is touched in a thread that lives no longer: a server that stops answering keeps whoever touches
its files in the kernel, and nothing ends that. Whoever waits for the thread gives it up once the folder is
silent, so the outage costs a few sleeping threads and neither a decoder nor the rest of the library.
"""
