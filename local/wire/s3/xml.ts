/** The input of the XML writer: an element's text, its children, or several elements with the same name. */
export type XmlValue = string | number | boolean | XmlElement | readonly XmlElement[];
export type XmlElement = { readonly [name: string]: XmlValue | undefined };

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

export function printXml(root: string, element: XmlElement, namespace?: string): string {
  const attribute = namespace === undefined ? '' : ` xmlns="${namespace}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${attribute}>${children(element)}</${root}>`;
}

function children(element: XmlElement): string {
  return Object.entries(element)
    .map(([name, value]) => (value === undefined ? '' : print(name, value)))
    .join('');
}

function print(name: string, value: XmlValue): string {
  if (Array.isArray(value)) return value.map((one) => print(name, one)).join('');
  const text =
    typeof value === 'object' ? children(Object.fromEntries(Object.entries(value))) : escapeText(String(value));
  return `<${name}>${text}</${name}>`;
}

/** Carriage returns and control characters would be lost, so they are written as references. */
function escapeText(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => entities[character] ?? character)
    .replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
