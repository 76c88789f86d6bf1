"""Processes that may crash: how they are started, what they cannot do, how they end.

    spawning.py               starting them
    passing.py                what they answer, through the pipe
    supervision.py            ending those that hang or grow
    confinement.py            what a decoder cannot do: network, writing, programs (Linux)
    cage.py                   the same for LibreOffice

Why every file is opened in a child process: image, video and PDF codecs are large native libraries fed
with files from anywhere. One bad file may crash, hang or exhaust them; then it is one row among the
problems, and neither the engine with its loaded models nor the next file notices. Children are spawned,
never forked (the engine has threads), and import neither torch nor the database.

Why naming a socket is answered with a lie (confinement.py): LibreOffice ends when it cannot make the socket
by which a second start would find it, and makes it where everybody may write.
"""
