# A dataset to a Parquet file, as the client's own documentation has it: APP DATASET FILE.
import sys

import usage
from ikigai import Ikigai

app, dataset, file = sys.argv[1:]
ikigai = Ikigai(**usage.credentials())
ikigai.apps[app].datasets[dataset].df().to_parquet(file)
