"""Judges that others wrote, which come by npm."""

import os
import shutil
import subprocess

import pytest


def give_up(reason):
    """Skip, but never in CI."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def npm(request):
    """Return a function that installs a package, once, and gives its folder."""

    def install(package):
        if not shutil.which("npm"):
            give_up("npm is not installed")
        name = package.strip("@").replace("/", "-").replace("@", "-")
        folder = request.config.cache.mkdir(name)
        if not (folder / "node_modules").is_dir():
            command = ["npm", "install", "--prefix", str(folder), "--ignore-scripts"]
            done = subprocess.run(
                [*command, package], capture_output=True, text=True, check=False
            )
            if done.returncode:
                give_up(f"npm cannot install {package}: {done.stderr.strip()[-200:]}")
        return folder

    return install


@pytest.fixture(scope="session")
def node():
    """Return a function that runs a script in a folder and gives what it prints."""

    def run(folder, name, script, given):
        path = folder / name
        path.write_text(script, encoding="utf-8")
        done = subprocess.run(
            ["node", str(path)],
            input=given,
            capture_output=True,
            encoding="utf-8",
            cwd=folder,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-500:]
        return done.stdout

    return run
