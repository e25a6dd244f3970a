"""Waits for one connection, takes a program from it, and becomes that program, with the connection as its console.

The program is the driver of the tool worker that claimed this pod: its length (four bytes, big-endian), then its
source. When the connection ends, so does the program, and with it the pod.
"""

import os
import socket
import sys

PORT = int(sys.argv[1]) if len(sys.argv) > 1 else 8888


def connection():
    with socket.create_server(("", PORT), backlog=1) as server:
        with open("/tmp/listening", "w"):
            pass
        taken, _ = server.accept()
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    taken.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return taken


def program():
    """What is to run; not a byte behind it is read."""
    with os.fdopen(os.dup(0), "rb", buffering=0) as console:

        def exactly(count):
            read = b""
            while len(read) < count:
                piece = console.read(count - len(read))
                if not piece:
                    raise SystemExit("the connection ended before the program")
                read += piece
            return read

        return exactly(int.from_bytes(exactly(4), "big"))


if __name__ == "__main__":
    # What the driver is going to ask for, loaded while nobody waits.
    if PORT:
        for module in ("numpy", "pandas", "openpyxl", "matplotlib.pyplot"):
            __import__(module)
        taken = connection()
        os.dup2(taken.fileno(), 0)
        os.dup2(taken.fileno(), 1)
        taken.close()
    exec(compile(program(), "<driver>", "exec"), {"__name__": "driver"})
