"""What is done with results.

result_commands.py    each command of the list and the inspector
copying.py            files copied into a folder     contact_sheet.py    pictures on a sheet of paper
background_job.py     something long, with its progress and a way out
"""
