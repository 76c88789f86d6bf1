# The commands of a working day. Each also works without `just`: it is the line below its name.

bootstrap := if os() == "windows" { "py packaging/bootstrap.py" } else { "python3 packaging/bootstrap.py" }
programs := justfile_directory() / if os() == "windows" { ".venv/Scripts" } else { ".venv/bin" }

# everything that must hold before a change is taken
check:
    bash .ci/run

# the demo, with its window if there is a display
run *options:
    {{bootstrap}} run {{options}}

# the tests, for example `just test tests/models -k budget`
test *options:
    {{bootstrap}} test {{options}}

# how well the tiny checkpoints work, and how fast a library is indexed and searched (some minutes)
bench: setup
    {{programs}}/python -m tests.benchmarks.tiny_checkpoints
    {{programs}}/python -m tests.benchmarks.indexing

# the linters only, correcting what they can correct
lint: setup
    {{programs}}/ruff format
    {{programs}}/ruff check --fix
    {{programs}}/mypy
    {{programs}}/mypy packaging
    {{programs}}/lint-imports

# .venv with everything a developer needs
setup:
    {{bootstrap}} setup
