import type { Json } from '../../json.ts';

/** A text of the work after a change of its values. It stays as it is where the new value is no text. */
export function changedText(text: string, value: (value: Json) => Json): string {
  const changed = value(text);
  return typeof changed === 'string' ? changed : text;
}
