# Imported into a measured process: tells on file descriptor 3 what it used when it ends, in the words of Node's resourceUsage.
import atexit
import json
import os
import resource
import sys


def tell():
    used = resource.getrusage(resource.RUSAGE_SELF)
    kilobytes = used.ru_maxrss // 1024 if sys.platform == "darwin" else used.ru_maxrss
    told = {
        "userCPUTime": used.ru_utime * 1e6,
        "systemCPUTime": used.ru_stime * 1e6,
        "maxRSS": kilobytes,
    }
    os.write(3, json.dumps(told).encode())


atexit.register(tell)


def credentials():
    return {
        "user_email": os.environ["IKIGAI_USER_EMAIL"],
        "api_key": os.environ["IKIGAI_API_KEY"],
        "base_url": os.environ["IKIGAI_BASE_URL"],
    }
