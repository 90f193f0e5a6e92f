import vm from 'node:vm';

/** As long as a person's expression never needs; a context is the only way to end a regular expression. */
const timeoutMs = 200;

const context = vm.createContext(Object.create(null));
const script = new vm.Script('new RegExp(pattern, flags).test(text)');

/** `=~ /pattern/flags`: of the whole text. Undefined when it takes too long, or is none that JavaScript knows. */
export function matchesRegex(text: unknown, pattern: string, flags: string): boolean | undefined {
  if (typeof text !== 'string') return false;
  Object.assign(context, { text, pattern: `^(?:${pattern})$`, flags });
  try {
    return script.runInContext(context, { timeout: timeoutMs }) === true;
  } catch {
    return undefined;
  }
}
