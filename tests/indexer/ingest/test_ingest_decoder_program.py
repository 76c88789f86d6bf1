"""A program with decoders, from outside: what their processes load, and that none outlives it."""

import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).parents[3]
MODULES = (
    "'torch', 'transformers', 'apsw', 'sqlite_vec', 'PySide6', "
    "'indexer.store', 'indexer.search', 'indexer.engine'"
)


def run_python(*arguments: str, cwd: Path | None = None) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout.strip()


def test_a_decoder_process_stays_light() -> None:
    everything = (
        "import sys; from indexer.ingest import worker; from indexer.ingest.pictures import images; "
        "from indexer.ingest.films import video; from indexer.ingest.documents import passages, pdf_pages; "
    )
    assert run_python("-c", f"{everything}print({{{MODULES}}} & set(sys.modules))") == "set()"
    engine = (
        "import sys; from indexer.ingest import decoders, scan, rules, items; "
        "from indexer.ingest.watching import watch; "
    )
    assert run_python("-c", f"{engine}print({{'PIL', 'av', 'pypdfium2'}} & set(sys.modules))") == "set()"


PROGRAM = """
import os, sys, threading
from pathlib import Path
from indexer.ingest.decoders import DecoderPool

print("main is run", flush=True)
threading.Thread(target=threading.Event().wait, daemon=True).start()
pool = DecoderPool()
parts = pool.decode(Path(sys.argv[1]))
kinds = [type(next(parts)).__name__, type(next(parts)).__name__]
if len(sys.argv) > 2:
    import multiprocessing
    print(*[child.pid for child in multiprocessing.active_children()], flush=True)
    threading.Event().wait()
list(parts)
pool.close()
print(*kinds)
"""


def test_it_works_from_a_main_module_that_is_run_once(tmp_path: Path, long_film: Path) -> None:
    package = tmp_path / "program"
    package.mkdir()
    (package / "__main__.py").write_text(PROGRAM)
    assert run_python("-m", "program", str(long_film), cwd=tmp_path) == "main is run\nItem Segment"


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
@pytest.mark.parametrize("idle", [True, False])
def test_children_die_with_their_parent(tmp_path: Path, long_film: Path, idle: bool) -> None:
    package = tmp_path / "program"
    package.mkdir()
    program = PROGRAM.replace("if len", "list(parts)\nif len") if idle else PROGRAM
    (package / "__main__.py").write_text(program)
    with subprocess.Popen(
        [sys.executable, "-m", "program", str(long_film), "wait"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    ) as parent:
        assert parent.stdout is not None
        parent.stdout.readline()
        (decoder,) = (psutil.Process(int(pid)) for pid in parent.stdout.readline().split())
        assert decoder.is_running()
        parent.kill()
        decoder.wait(30)
    assert not decoder.is_running()
