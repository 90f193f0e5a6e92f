/** Quotes a text as an SQL literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Quotes a name as an SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A list of file paths for DuckDB's readers. Escapes `*`, `?` and `[`, which would be wildcards. */
export function fileList(files: readonly string[]): string {
  return `[${files.map(fileLiteral).join(', ')}]`;
}

/** The path of one file for DuckDB's readers. */
export function fileLiteral(file: string): string {
  return literal(file.replaceAll(/[*?[]/g, '[$&]'));
}

/** Splits a text at the commas outside brackets and double quotes. */
export function splitAtCommas(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if ('(<'.includes(character)) depth++;
    else if (')>'.includes(character)) depth--;
    else if (character === ',' && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, text.slice(from)];
}
