/** Athena functions that DuckDB knows by other names. Functions with the same name and meaning need no macro. */
export const trinoMacros: readonly string[] = [
  'approx_distinct(x) AS approx_count_distinct(x)',
  'arbitrary(x) AS any_value(x)',
  'cardinality(x) AS len(x)',
  'element_at(x, i) AS x[i]',
  'from_iso8601_date(s) AS CAST(s AS DATE)',
  'from_iso8601_timestamp(s) AS CAST(s AS TIMESTAMP)',
  'from_unixtime(n) AS make_timestamp(CAST(n * 1000000 AS BIGINT))',
  'json_extract_scalar(j, p) AS json_extract_string(j, p)',
  'json_parse(s) AS CAST(s AS JSON)',
  'json_format(j) AS CAST(j AS VARCHAR)',
  'regexp_like(s, p) AS regexp_matches(s, p)',
  'to_unixtime(t) AS epoch(t)',
  'truncate(x) AS trunc(x)',
];

/** Translates date functions in the text. Their formats must be constants in DuckDB, so a macro cannot do this. */
export function inDuckdb(text: string): string {
  if (!/\bdate_(?:parse|format)\s*\(/i.test(text)) return text;
  return text
    .replace(/\bdate_parse(?=\s*\()/gi, 'strptime')
    .replace(/\bdate_format(?=\s*\()/gi, 'strftime')
    .replace(/'(?:[^']|'')*'/g, (quoted) =>
      quoted.replaceAll('%i', '%M').replaceAll('%s', '%S').replaceAll('%T', '%H:%M:%S'),
    );
}
