"""`python -m formflow.cli`, where the console script is not on the path."""

import sys

from formflow.cli import main

sys.exit(main())
