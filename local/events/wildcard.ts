/** A parsed wildcard pattern: the literal pieces between its stars. `\*` and `\\` escape themselves. */
type Pieces = readonly string[];

/** @returns undefined if EventBridge rejects the pattern, because of `**` or a stray backslash */
export function readWildcard(pattern: string): ((text: string) => boolean) | undefined {
  const pieces = [''];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    if (character === '*') {
      if (pattern.charAt(at + 1) === '*') return undefined;
      pieces.push('');
      continue;
    }
    if (character === '\\') {
      at += 1;
      if (pattern.charAt(at) !== '*' && pattern.charAt(at) !== '\\') return undefined;
    }
    pieces[pieces.length - 1] += pattern.charAt(at);
  }
  return (text) => matches(pieces, text);
}

/** Finds the leftmost match of each piece in turn. Without backtracking, no pattern is slow. */
function matches(pieces: Pieces, text: string): boolean {
  const first = pieces[0] ?? '';
  const last = pieces.at(-1) ?? '';
  if (pieces.length === 1) return text === first;
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false;
  let from = first.length;
  const end = text.length - last.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, from);
    if (found === -1 || found + piece.length > end) return false;
    from = found + piece.length;
  }
  return true;
}
