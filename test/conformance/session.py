"""One Python interpreter for a test to talk to: a line of JSON in, a line of JSON out, in one namespace throughout.

{"do": "run", "code": ...}     runs code as a notebook would: what it printed, the value of a last expression, its error
{"do": "shape", "text": ...}   what kinds of values a printed text is made of, null where it isn't Python's notation
{"do": "unused", "modules": [...]}   the public functions of these modules' classes that no code has run so far
"""

import ast
import builtins
import contextlib
import enum
import functools
import importlib
import inspect
import io
import json
import linecache
import math
import pprint
import re
import sys
import textwrap
import traceback
from collections.abc import Mapping
from datetime import datetime

ran = set()  # code objects, so that a function is known by itself and not by its name


def notice(frame, event, _argument):
    if event == "call":
        ran.add(frame.f_code)


def show(*values, **options):
    """The samples' print: they give it pprint's options, and their outputs are pprint's, but for text as it is."""
    if options.keys() <= {"sep", "end", "file", "flush"} and all(isinstance(value, str) for value in values):
        builtins.print(*values, **options)
    else:
        for value in values:
            pprint.pprint(value, **options)


namespace = {"__name__": "__main__", "print": show}


def plain(value):
    """The value as JSON can carry it."""
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, str):
        return str(value.value) if isinstance(value, enum.Enum) else value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if hasattr(value, "columns") and hasattr(value, "itertuples"):
        rows = [[plain(item) for item in row] for row in value.itertuples(index=False)]
        return {"columns": [str(column) for column in value.columns], "rows": rows}
    if hasattr(value, "model_dump"):
        return plain(value.model_dump())
    if hasattr(value, "item"):  # numpy's scalars
        return plain(value.item())
    return repr(value)


def run(code):
    code = textwrap.dedent(code)
    filename = f"<block {len(linecache.cache)}>"
    linecache.cache[filename] = (len(code), None, code.splitlines(keepends=True), filename)
    printed, warned = io.StringIO(), io.StringIO()
    value = error = None
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(warned):
        try:
            tree = ast.parse(code, filename)
            last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
            exec(compile(tree, filename, "exec"), namespace)
            if last is not None:
                value = eval(compile(ast.Expression(last.value), filename, "eval"), namespace)
                if value is not None:
                    pprint.pprint(value)
        except Exception as raised:
            error = {
                "type": type(raised).__name__,
                "message": str(raised),
                "traceback": traceback.format_exc(),
            }
    return {"printed": printed.getvalue(), "warned": warned.getvalue(), "value": plain(value), "error": error}


def shape(text):
    # An enum's member is not Python's notation: <DataType.TEXT: 'TEXT'>.
    text = re.sub(r"<\w+\.\w+: ('[^']*')>", r"\1", text)
    try:
        statements = ast.parse(text).body
    except SyntaxError:
        return None
    return {"items": [form(s.value) for s in statements if isinstance(s, ast.Expr) and not elided(s.value)]}


def elided(node):
    return isinstance(node, ast.Constant) and node.value is Ellipsis


def form(node):
    if isinstance(node, ast.Dict):
        return {"name": "", "fields": {key.value: form(value) for key, value in zip(node.keys, node.values)}}
    if isinstance(node, ast.List):
        return {"items": [form(item) for item in node.elts if not elided(item)]}
    if isinstance(node, ast.Call):
        name = ast.unparse(node.func)
        if name == "datetime.datetime":
            return "a time"
        return {"name": name, "fields": {field.arg: form(field.value) for field in node.keywords}}
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Constant):
        if node.value is None or isinstance(node.value, bool):
            return "a truth value" if isinstance(node.value, bool) else "None"
        return "text" if isinstance(node.value, str) else "a number"
    return ast.unparse(node)


def unused(modules):
    found = []
    for module in map(importlib.import_module, modules):
        for class_name, cls in inspect.getmembers(module, inspect.isclass):
            if cls.__module__ != module.__name__:
                continue
            for name, member in vars(cls).items():
                function = function_of(member)
                if function is not None and not name.startswith("_") and function.__code__ not in ran:
                    found.append(f"{class_name}.{name}")
    return found


def function_of(member):
    if isinstance(member, property):
        member = member.fget
    elif isinstance(member, functools.cached_property):
        member = member.func
    elif isinstance(member, (classmethod, staticmethod)):
        member = member.__func__
    if not callable(member):
        return None
    function = inspect.unwrap(member)
    return function if inspect.isfunction(function) else None


def main():
    answers = sys.stdout
    operations = {"run": run, "shape": shape, "unused": unused}
    sys.setprofile(notice)
    for line in sys.stdin:
        request = json.loads(line)
        answer = operations[request.pop("do")](**request)
        builtins.print(json.dumps(answer), file=answers, flush=True)


main()
