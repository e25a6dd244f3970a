"""The SDKs up to 1.20.0, which speak v1, against a running Threadwell; see checks.py for how it is run."""

import sys

import checks
import seeds_v1
import v1

if __name__ == "__main__":
    sys.exit(checks.run((v1, seeds_v1)))
