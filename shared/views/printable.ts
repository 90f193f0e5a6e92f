/** Our own escape sequences, which are harmless: `styleText` writes no others. */
const colour = '\\u001b\\[[0-9;]*m';
/** Every control character but tab, newline, and a carriage return before a newline. */
const control = '(?!\\r\\n)[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f]';
const controls = new RegExp(control, 'g');
const controlsOrColours = new RegExp(`${colour}|${control}`, 'g');

/**
 * Makes control characters visible in text from outside (jobs, keys, parameters), so that it cannot control a
 * terminal.
 */
export function printable(text: string): string {
  return text.replace(controls, spelled);
}

/** Makes any text safe for a terminal. Only colours stay. */
export function guarded(text: string): string {
  return text.replace(controlsOrColours, (found) => (found.endsWith('m') && found.length > 1 ? found : spelled(found)));
}

function spelled(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
