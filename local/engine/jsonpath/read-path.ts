import { find } from './find.ts';
import { parsePath } from './parse-path.ts';
import type { Scope } from './scope.ts';
import { PathFailure } from './state-failure.ts';

/**
 * The value at `InputPath`, `OutputPath`, `ItemsPath`, `SecondsPath`, … Throws PathFailure with
 * "Invalid path '$.x' : No results for path: $['x']" when a definite path finds nothing.
 */
export function readPath(text: string, scope: Scope): unknown {
  const result = find(parsePath(text), scope);
  if (result.found) return result.value;
  throw new PathFailure(`Invalid path '${text}' : ${result.why}`);
}

/** InputPath and OutputPath: the whole document if absent, and `{}` if null. */
export function selectByPath(path: string | null | undefined, scope: Scope): unknown {
  if (path === null) return {};
  return path === undefined || path === '$' ? scope.input : readPath(path, scope);
}

/** The value of a `.$` field, `ErrorPath` or `CausePath`. Its PathFailure names the field and shows the input. */
export function readFieldPath(text: string, scope: Scope, field: string): unknown {
  const path = parsePath(text);
  const result = find(path, scope);
  if (result.found) return result.value;
  throw new PathFailure(
    `The JSONPath '${text}' specified for the field '${field}' could not be found in the input '${JSON.stringify(searched(path.root.kind, scope))}'`,
  );
}

export function searched(root: string, scope: Scope): unknown {
  return root === 'context' ? scope.context : root === 'variable' ? scope.variables : scope.input;
}
