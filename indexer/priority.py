"""Giving way: threads and processes that work in the background take what others leave of processor and disk.

On Linux every thread has a priority of its own, and the threads that a library starts below it inherit it;
Windows has it per thread as well; on a Mac a thread says which quality of service it wants.

Threads that write to the index do not give way: a search or a new name would have to wait behind them.
"""

import contextlib
import ctypes
import os
import sys
import threading

import psutil

NICE = 10
"""Of background work on POSIX: about a tenth of what a program in the foreground gets beside it."""
IDLE_NICE = 19
"""Of what has all the time in the world."""
_WINDOWS_LOWEST = -2
_MAC_UTILITY = 0x11


def thread_gives_way() -> None:
    """The calling thread from here on. It cannot be taken back. Does nothing where that is refused."""
    with contextlib.suppress(OSError, AttributeError, psutil.Error):
        if sys.platform == "win32":
            kernel = ctypes.windll.kernel32
            kernel.GetCurrentThread.restype = ctypes.c_void_p
            kernel.SetThreadPriority(ctypes.c_void_p(kernel.GetCurrentThread()), _WINDOWS_LOWEST)
        elif sys.platform == "darwin":
            ctypes.CDLL(None).pthread_set_qos_class_self_np(_MAC_UTILITY, 0)
        else:
            thread = threading.get_native_id()
            os.setpriority(os.PRIO_PROCESS, thread, max(NICE, os.getpriority(os.PRIO_PROCESS, thread)))
            psutil.Process(thread).ionice(psutil.IOPRIO_CLASS_BE, 7)


def process_gives_way(process: psutil.Process, idle: bool = False) -> None:
    """A whole process. Does nothing where that is refused.

    Args:
        idle: only when nothing else wants the processor.
    """
    with contextlib.suppress(OSError, psutil.Error):
        if sys.platform == "win32":
            process.nice(psutil.IDLE_PRIORITY_CLASS if idle else psutil.BELOW_NORMAL_PRIORITY_CLASS)
            process.ionice(psutil.IOPRIO_VERYLOW if idle else psutil.IOPRIO_LOW)
        else:
            process.nice(IDLE_NICE if idle else NICE)
            if sys.platform == "linux":
                process.ionice(psutil.IOPRIO_CLASS_BE, 7)
