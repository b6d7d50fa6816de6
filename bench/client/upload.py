# A CSV file as a new dataset, which is deleted again: APP DATASET FILE.
import sys

import usage
from ikigai import Ikigai

app, name, file = sys.argv[1:]
ikigai = Ikigai(**usage.credentials())
dataset = ikigai.apps[app].dataset.new(name).csv(file).build()
dataset.delete()
