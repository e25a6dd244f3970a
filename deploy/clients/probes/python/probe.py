"""The official Python SDK against a running Threadwell; see checks.py for how it is run."""

import sys

import checks
import files
import functions
import objects
import refusals
import runs
import seeds
import stores
import streams

MODULES = (objects, files, runs, streams, functions, refusals, stores, seeds)

if __name__ == "__main__":
    sys.exit(checks.run(MODULES))
