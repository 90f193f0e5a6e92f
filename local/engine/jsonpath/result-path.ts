import { parsePath } from './parse-path.ts';
import { isReferencePath } from './path.ts';
import { ResultPathMatchFailure } from './state-failure.ts';

/**
 * Returns `input` with `result` at ResultPath. An absent path or `$` replaces the input, and null drops the result.
 * Missing objects on the path are created. Arguments are not changed. Throws ResultPathMatchFailure if the result
 * cannot be placed.
 */
export function putResult(path: string | null | undefined, input: unknown, result: unknown): unknown {
  if (path === null) return input;
  if (path === undefined || path === '$') return result;
  const parsed = parsePath(path);
  const failure = () =>
    new ResultPathMatchFailure(`Unable to apply ReferencePath ${path} to input ${JSON.stringify(input)}`);
  if (!isReferencePath(parsed)) throw failure();
  const { segments } = parsed;
  const put = (value: unknown, at: number): unknown => {
    const segment = segments[at];
    if (segment === undefined) return result;
    if (segment.kind === 'properties') {
      const name = segment.names[0] ?? '';
      if (typeof value !== 'object' || value === null || Array.isArray(value)) throw failure();
      const next = Object.hasOwn(value, name) ? Reflect.get(value, name) : {};
      return { ...value, [name]: put(next, at + 1) };
    }
    const index = segment.kind === 'indices' ? (segment.indices[0] ?? -1) : -1;
    if (!Array.isArray(value) || index < 0 || index >= value.length) throw failure();
    return value.with(index, put(value[index], at + 1));
  };
  return put(input, 0);
}
