#!/usr/bin/python3 -IS
"""multipathd_client.py longest: asks multipathd for its paths again and again, until SIGTERM; then prints the longest time in ms that an answer took, and
how many there were. Fails when there is no answer within 30 s, and when multipathd ends.

multipathd's socket takes and gives a length (size_t) and so many bytes of text, which end with NUL.
"""
import signal
import socket
import struct
import sys
import time

SOCKET = "\0/org/kernel/linux/storage/multipathd"
LENGTH = struct.Struct("@N")
PAUSE_S = 0.2
LIMIT_S = 30


def receive(connection, size):
    data = b""
    while len(data) < size:
        part = connection.recv(size - len(data))
        if not part:
            sys.exit("multipathd has ended the connection")
        data += part
    return data


def ask(connection, command):
    text = command.encode() + b"\0"
    connection.sendall(LENGTH.pack(len(text)) + text)
    (size,) = LENGTH.unpack(receive(connection, LENGTH.size))
    return receive(connection, size).rstrip(b"\0").decode()


def longest():
    stopped = []
    signal.signal(signal.SIGTERM, lambda *_: stopped.append(True))
    slowest, answers = 0.0, 0
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(LIMIT_S)
        connection.connect(SOCKET)
        while not stopped:
            begin = time.monotonic()
            if not ask(connection, 'show paths raw format "%i %t %T"'):
                sys.exit("multipathd shows no paths")
            slowest = max(slowest, time.monotonic() - begin)
            answers += 1
            time.sleep(PAUSE_S)
    print("longest_ms %d answers %d" % (1e3 * slowest, answers))


{"longest": longest}[sys.argv[1]]()
