"""A pytest fixture that runs a script like a task. pytest loads it wherever the package is installed."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class TaskResult:
    code: int
    stdout: str
    stderr: str
    # The value that the script passed to `write_output`. None: nothing.
    output: object


class GluewrightTask:
    """Runs scripts with a task's arguments, on its own buckets in pytest's temporary folder."""

    def __init__(self, folder):
        self.buckets = Path(folder) / "s3"
        self.buckets.mkdir()
        self._runs = 0

    def put(self, address, content):
        """Puts an object into a bucket: `put("s3://landing/a.csv", "x,y\\n")`."""
        path = self.path(address)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def path(self, address):
        """The file of an object."""
        return self.buckets / address.removeprefix("s3://")

    def run(self, script, check=True, job="test", **args):
        """Runs a script with these arguments and those that every task gets.

        :param check: fail the test with the script's error if the script fails
        """
        self._runs += 1
        address = f"s3://outputs/test/task-{self._runs}.json"
        given = {"JOB_NAME": job, "JOB_RUN_ID": f"jr_{self._runs}", "gluewright_output": address, **args}
        command = [sys.executable, str(script)]
        for name, value in given.items():
            command += [f"--{name}", str(value)]
        done = subprocess.run(command, capture_output=True, text=True, env=self._environment(), check=False)
        if check and done.returncode != 0:
            pytest.fail(f"{script} ended with exit code {done.returncode}:\n{done.stderr}", pytrace=False)
        written = self.path(address)
        output = json.loads(written.read_text(encoding="utf-8")) if written.exists() else None
        return TaskResult(done.returncode, done.stdout, done.stderr, output)

    def _environment(self):
        """Without the shell's AWS settings, so a test reaches no account."""
        python = str(Path(__file__).resolve().parent.parent)
        kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("AWS_")}
        return {
            **kept,
            "PYTHONPATH": os.pathsep.join(filter(None, [python, kept.get("PYTHONPATH")])),
            "GLUEWRIGHT_BUCKETS": str(self.buckets),
            "AWS_ACCESS_KEY_ID": "local",
            "AWS_SECRET_ACCESS_KEY": "local",
            "AWS_REGION": "us-east-1",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
            # Nothing listens there.
            "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
        }


@pytest.fixture
def gluewright_task(tmp_path):
    """`gluewright_task.run("jobs/load.py", day="2026-11-22").output`"""
    return GluewrightTask(tmp_path)
