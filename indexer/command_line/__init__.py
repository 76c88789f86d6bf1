"""The command line: `sightline COMMAND ...`.

cli.py ─► grammar.py          what may be typed
    commands.py               window, index, demo, serve and others
    search_commands.py, status_commands.py, work_commands.py, scope_commands.py, model_commands.py,
    data_commands.py          the others, by subject
    command_session.py        what all of them start from
    doctor.py                 what this computer can run, and what stands in the way
"""
