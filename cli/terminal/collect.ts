import { CommandError, exitCodes } from './command-error.ts';

/**
 * Collects the values of an option that may be repeated, by name.
 *
 * @param shape how a value is written, such as NAME=VALUE
 */
export function collect(
  option: string,
  shape: string,
): (text: string, before: Readonly<Record<string, string>>) => Record<string, string> {
  return (text, before) => {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
    if (name === undefined || value === undefined) {
      throw new CommandError(exitCodes.usage, `${option} takes ${shape}, not ${text}`);
    }
    if (Object.hasOwn(before, name)) throw new CommandError(exitCodes.usage, `${option} ${name} is given twice`);
    return { ...before, [name]: value };
  };
}
