// The Python that runs a user's script: reads the input, gives it `data` and its arguments, and writes its `result`.

/**
 * Takes a JSON job on stdin and writes `status` (JSON): either an error, or the result's columns, whose rows are then in
 * `output`. What the script prints goes to stdout as it is.
 */
export const runner = String.raw`
import json, sys, traceback

job = json.load(sys.stdin)

def finish(**status):
    with open(job["status"], "w", encoding="utf-8") as file:
        json.dump(status, file)
    sys.exit(0)

if job["memory"] is not None:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (job["memory"], job["memory"]))

try:
    import pandas as pd
except ImportError:
    finish(error="pandas is not installed for this Python: pip install pandas")

data = None
if job["input"] is not None:
    text = {name: str for name in job["text"]}
    data = pd.read_csv(job["input"], dtype=text, keep_default_na=False, na_values=[""])
    for name in job["times"]:
        data[name] = pd.to_datetime(data[name])

scope = {"__name__": "__main__", **job["arguments"], "data": data}
try:
    exec(compile(job["script"], "script", "exec"), scope)
except SystemExit:
    finish(error="the script called exit: leave the output in a variable called result instead")
except MemoryError:
    finish(error=f"the script needs more than the {job['memory'] // 10**6} MB of memory that it may use: let it work on fewer rows or columns")
except BaseException as error:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "script"]
    line = frames[-1].lineno if frames else getattr(error, "lineno", None)
    where = f"line {line} of the script: " if line else ""
    finish(error=f"{where}{type(error).__name__}: {error}")

result = scope.get("result")
if result is None:
    if job["optional"]:
        finish(columns=None)
    finish(error="the script left nothing in a variable called result: assign the output frame to it")
if isinstance(result, pd.Series):
    result = result.to_frame(result.name if result.name is not None else "value")
if not isinstance(result, pd.DataFrame):
    finish(error=f"result is a {type(result).__name__}: make it a pandas DataFrame")
if isinstance(result.columns, pd.MultiIndex):
    finish(error="result has columns of several levels: flatten them to one")

def kind(column):
    types = pd.api.types
    if types.is_bool_dtype(column): return "BOOLEAN"
    if types.is_integer_dtype(column): return "HUGEINT" if column.dtype == "uint64" else "BIGINT"
    if types.is_float_dtype(column): return "DOUBLE"
    if types.is_datetime64_any_dtype(column): return "TIMESTAMP"
    return "VARCHAR"

columns = []
for i in range(result.shape[1]):
    column = result.iloc[:, i]
    columns.append({"name": str(result.columns[i]), "type": kind(column)})
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        result = result.copy()
        result.isetitem(i, column.dt.tz_convert("UTC").dt.tz_localize(None))
result.to_csv(job["output"], index=False, header=False, date_format="%Y-%m-%d %H:%M:%S.%f")
finish(columns=columns)
`;
