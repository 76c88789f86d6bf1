"""What the engine's start and the command line need must not wait for torch."""

import subprocess
import sys


def test_names_and_inputs_come_without_torch() -> None:
    code = (
        "import sys, models.catalog, models.errors, models.inputs, models.requests;"
        "assert not {'torch', 'transformers', 'av', 'PIL'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
