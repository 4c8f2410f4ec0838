"""`mesomix audit` in a process of its own, since a signal and a limit are of a whole process."""

import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from mesomix import audit_command

LIMITED: Final = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
from mesomix.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def long(tmp_path: Path) -> Path:
    """A table that takes a while."""
    rows = 300_000
    found = pa.table(
        {
            "id": [f"row {number * number}" for number in range(rows)],
            "products": pa.array(["Piroxicam; Miorel", "Vit C; Dicynone; foo"] * (rows // 2)),
            "allergies": pa.array(["AINS", "aucune", None] * (rows // 3)),
        }
    )
    (tmp_path / "in").mkdir()
    pq.write_table(found, tmp_path / "in" / "past.parquet", row_group_size=50_000)
    (tmp_path / "out").mkdir()
    return tmp_path / "in" / "past.parquet"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["found.parquet", "found.csv"])
@pytest.mark.parametrize(
    ("sent", "status"), [(signal.SIGINT, audit_command.INTERRUPTED), (signal.SIGKILL, -9)]
)
def test_a_signal_leaves_nothing_that_looks_whole(
    long: Path, name: str, sent: signal.Signals, status: int
) -> None:
    target = long.parent.parent / "out" / name
    target.write_text("older")
    command = [sys.executable, "-m", "mesomix.cli", "audit", str(long), "--output", str(target)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        while len(unfinished := {*target.parent.iterdir()} - {target}) == 0:
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(sent)
        _, err = process.communicate(timeout=60)
    assert process.returncode == status
    assert target.read_text() == "older"
    left = {path for path in unfinished if path.exists()}
    assert bool(left) == (sent is signal.SIGKILL)
    assert all(path.name.startswith(f"{name}.incomplete-") for path in unfinished)
    if sent is signal.SIGINT:
        assert err == b"mesomix: interrupted, and nothing was written\n"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["found.parquet", "found.csv"])
def test_a_full_disk_leaves_nothing(long: Path, name: str) -> None:
    target = long.parent.parent / "out" / name
    command = [sys.executable, "-c", LIMITED, "audit", str(long), "--output", str(target)]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert done.returncode == 2
    assert b"cannot be written: File too large" in done.stderr
    assert [*target.parent.iterdir()] == []


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="it tells the memory used")
def test_the_memory_does_not_grow_with_the_rows(long: Path) -> None:
    """Ten times as many rows, in row groups as they are usual, and hardly more memory."""
    # Not getrusage: what the process that started it had at its most would count as well.
    most = """
import sys
from pathlib import Path
from mesomix.cli import main
main(sys.argv[1:])
[line] = [x for x in Path("/proc/self/status").read_text().splitlines() if x.startswith("VmHWM:")]
print(line.split()[1], file=sys.stderr)
"""
    large = long.with_name("large.parquet")
    table = pq.read_table(long)
    with pq.ParquetWriter(large, table.schema) as writer:
        for _ in range(10):
            writer.write_table(table)
    used: list[int] = []
    for path in (long, large):
        target = long.parent.parent / "out" / "found.parquet"
        command = [sys.executable, "-c", most, "audit", str(path), "--output", str(target)]
        done = subprocess.run(command, capture_output=True, timeout=300, check=False)
        assert done.returncode == 0, done.stderr  # of the script itself
        used.append(int(done.stderr))
    assert used[1] < 500_000  # KB
    assert used[1] < 1.6 * used[0]
