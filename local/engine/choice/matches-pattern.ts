type Part = { readonly any: true } | { readonly any: false; readonly character: string };

/** `*` matches any characters. `\*` is a star, and `\\` a backslash. */
function partsOf(pattern: string): Part[] {
  const parts: Part[] = [];
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern.charAt(at);
    const next = pattern.charAt(at + 1);
    if (character === '\\' && (next === '*' || next === '\\')) {
      parts.push({ any: false, character: next });
      at += 1;
    } else parts.push(character === '*' ? { any: true } : { any: false, character });
  }
  return parts;
}

/** StringMatches. Backtracks to the last star only, so that no pattern is slow. */
export function matchesPattern(text: string, pattern: string): boolean {
  const parts = partsOf(pattern);
  let [at, here, star, from] = [0, 0, -1, 0];
  while (at < text.length) {
    const part = parts[here];
    if (part?.any === true) {
      star = here;
      from = at;
      here += 1;
    } else if (part !== undefined && part.character === text.charAt(at)) {
      at += 1;
      here += 1;
    } else if (star >= 0) {
      from += 1;
      at = from;
      here = star + 1;
    } else return false;
  }
  return parts.slice(here).every((part) => part.any);
}
