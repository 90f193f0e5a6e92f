import vm from 'node:vm';

/** More time than any reasonable expression needs. Only a context can stop a regular expression. */
const timeoutMs = 200;

const context = vm.createContext(Object.create(null));
const script = new vm.Script('new RegExp(pattern, flags).test(text)');

/**
 * `=~ /pattern/flags`, matched against the whole text. Undefined if it takes too long, or is not valid in JavaScript.
 */
export function matchesRegex(text: unknown, pattern: string, flags: string): boolean | undefined {
  if (typeof text !== 'string') return false;
  Object.assign(context, { text, pattern: `^(?:${pattern})$`, flags });
  try {
    return script.runInContext(context, { timeout: timeoutMs }) === true;
  } catch {
    return undefined;
  }
}
