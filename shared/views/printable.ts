/** Ours, and harmless: `styleText` writes nothing else. */
const colour = '\\u001b\\[[0-9;]*m';
/** All but tab and newline, and a carriage return before one. */
const control = '(?!\\r\\n)[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f]';
const controls = new RegExp(control, 'g');
const controlsOrColours = new RegExp(`${colour}|${control}`, 'g');

/** Text from outside (jobs, keys, parameters) with its control characters spelled out: it writes nothing else to a terminal. */
export function printable(text: string): string {
  return text.replace(controls, spelled);
}

/** Whatever is about to be written to a terminal: only colours are left as they are. */
export function guarded(text: string): string {
  return text.replace(controlsOrColours, (found) => (found.endsWith('m') && found.length > 1 ? found : spelled(found)));
}

function spelled(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
