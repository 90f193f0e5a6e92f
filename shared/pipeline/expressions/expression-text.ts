/** The JSONata inside `{% … %}`; undefined when `value` is a plain string. */
export function expressionText(value: string): string | undefined {
  return value.length >= 4 && value.startsWith('{%') && value.endsWith('%}') ? value.slice(2, -2) : undefined;
}
