"""Starts the sandbox, and keeps account of the calls that a client makes to it."""

import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOKEN = "sandbox-token"


def start():
    """Starts the sandbox, and returns its process and its address."""
    program = os.environ.get("WA_SANDBOX")
    command = [program] if program else ["cargo", "run", "--quiet", "-p", "wa-sandbox", "--"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    for line in process.stdout:
        if line.startswith("listening on "):
            return process, line.removeprefix("listening on ").strip()
    sys.exit("the sandbox did not start")


def report(client, outcomes):
    """Prints what became of each call, and returns the exit code."""
    width = max(len(name) for name, _ in outcomes)
    for name, refusal in outcomes:
        print(f"{client}  {name:{width}}  {refusal or 'accepted'}")
    accepted = sum(refusal is None for _, refusal in outcomes)
    print(f"{client}: {accepted} of {len(outcomes)} calls accepted")
    return 0 if accepted == len(outcomes) else 1


def main():
    """Runs a client that is a program of its own: it prints a line of JSON for each call."""
    client, *command = sys.argv[1:]
    process, address = start()
    try:
        environment = {**os.environ, "SANDBOX": address, "TOKEN": TOKEN}
        lines = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True)
        outcomes = [tuple(json.loads(line)) for line in lines.stdout.splitlines()]
    finally:
        process.terminate()
    if lines.returncode or not outcomes:
        sys.exit(f"{client} ended with {lines.returncode}")
    sys.exit(report(client, outcomes))


if __name__ == "__main__":
    main()
