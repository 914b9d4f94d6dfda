"""watch_client.py SOCKET PICTURE CHANGES [once]: follows the method Watch. The file PICTURE always holds the states of all paths ("PATH STATE ..."),
the file CHANGES gets a line "PATH FROM TO" for each change. `once`: ends when the first snapshot is complete."""
import json
import os
import socket
import sys

name, picture_file, changes_file, once = sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:] == ["once"]
client = socket.socket(socket.AF_UNIX)
client.connect(name)
client.sendall(b'{"method":"io.pathwatch.Watch","more":true,"parameters":{"fields":["path","state"]}}\0')
states, received, complete = {}, b"", False
changes = open(changes_file, "a")
while not (once and complete):
    while b"\0" not in received:
        piece = client.recv(65536)
        if not piece:
            sys.exit("the connection was closed")
        received += piece
    frame, _, received = received.partition(b"\0")
    reply = json.loads(frame)
    if "error" in reply:
        sys.exit(frame.decode())
    told = reply["parameters"]
    if told.get("lost"):
        states = {}
    for path in told.get("snapshot", []):
        states[path["path"]] = path["state"]
    for change in told.get("changes", []):
        print(change["path"], change["from"], change["to"], file=changes, flush=True)
        states[change["path"]] = change["to"]
    complete = complete or told.get("complete", False)
    states = {path: state for path, state in states.items() if state != "removed"}
    with open(picture_file + ".new", "w") as out:
        print(" ".join(f"{path} {states[path]}" for path in sorted(states)), file=out)
    os.rename(picture_file + ".new", picture_file)
