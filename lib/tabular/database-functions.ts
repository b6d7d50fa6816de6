// Functions of DuckDB that tell about the database and its machine, or do something: what SQL that others wrote may not call.

/** Functions that may stand in a FROM clause: those that make rows out of their arguments. */
export const tableFunctions = new Set([
  "generate_series",
  "range",
  "repeat",
  "repeat_row",
  "unnest",
  "json_each",
  "json_tree"
]);

/** Functions that tell about the database, its settings and its machine, or that do something. */
export const knowsTheDatabase =
  /^(pg_.*|duckdb_.*|pragma_.*|has_.*_privilege|inet_.*|current_(?!date$|time|localtime).*|getenv|getvariable|in_search_path|version|col_description|obj_description|shobj_description|get_block_size|format_type|nextval|currval|txid_current|sleep_ms|write_log|parse_duckdb_log_message|stats|vector_type|json_(de)?serialize_.*|json_execute_.*|query|query_table|read_.*|glob|which_secret|session_user|user|sniff_csv|.*_scan)$/;
