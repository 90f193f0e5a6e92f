/**
 * Where, in a text that has been read and let go, something stands: the first line that holds all the words, at the last
 * of them; the text's beginning where there is no such line. Counted from 1.
 */
export function findWords(text: string, words: readonly string[]): { readonly line: number; readonly column: number } {
  const lines = text.split('\n');
  const at = words.length === 0 ? -1 : lines.findIndex((line) => words.every((word) => line.includes(word)));
  const column = lines[at]?.lastIndexOf(words.at(-1) ?? '') ?? 0;
  return { line: Math.max(0, at) + 1, column: Math.max(0, column) + 1 };
}
