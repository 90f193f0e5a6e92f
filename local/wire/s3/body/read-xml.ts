const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The texts of all elements with a name, in document order. Such elements contain only text. */
export function textsOf(xml: Uint8Array, name: string): readonly string[] {
  const found = new TextDecoder().decode(xml).matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>([^<]*)</${name}\\s*>`, 'g'));
  return [...found].map(([, text = '']) => text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, decoded));
}

function decoded(whole: string, entity: string): string {
  if (!entity.startsWith('#')) return entities[entity] ?? whole;
  const code = entity[1] === 'x' ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1));
  return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}
