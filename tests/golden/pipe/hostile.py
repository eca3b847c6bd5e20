"""Programs that misbehave, one a word; a test runs each as a plugin."""

import os
import socket
import subprocess
import sys
import time


def write(text):
    with open("out/places.csv", "w", encoding="utf-8") as file:
        file.write(text)


def good():
    write("code,value\n")


def exits():
    sys.stderr.write("reading\ngiving up\n")
    sys.exit(3)


def raises():
    raise ValueError("no such column")


def not_a_number():
    write("code,value\n96001,1\n96002,nan\n")


def unknown_code():
    write("code,value\n96001,1\n00000,1\n")


def out_of_range():
    write("code,value\n96001,1\n96002,101\n")


def nothing():
    pass


def hangs():
    subprocess.Popen(["sleep", "600"])
    time.sleep(600)


def writes_elsewhere():
    good()
    with open(os.path.join(os.path.dirname(__file__), "elsewhere"), "w") as file:
        file.write("here")


def reads_secrets():
    good()
    open(os.path.join(os.path.dirname(os.path.dirname(__file__)), "secret")).read()


def opens_socket():
    good()
    socket.create_connection(("127.0.0.1", 9), timeout=5)


def fills_disk():
    with open("out/places.csv", "wb") as file:
        for _ in range(4096):
            file.write(bytes(1 << 20))


def eats_memory():
    bytearray(1 << 40)


def talks():
    good()
    for i in range(100000):
        print("line", i)
        print("complaint", i, file=sys.stderr)


def links():
    os.symlink("/etc/passwd", "out/places.csv")


def killed():
    os.kill(os.getpid(), 9)


def tells_its_folder():
    raise OSError(os.path.abspath("out") + " is where I am")


globals()[sys.argv[1]]()
