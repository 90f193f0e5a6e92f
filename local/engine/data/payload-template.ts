import { evaluateIntrinsic } from '../intrinsics/evaluate-intrinsic.ts';
import type { Chance } from '../intrinsics/intrinsic.ts';
import { looksLikeIntrinsic } from '../intrinsics/parse-intrinsic.ts';
import { readFieldPath } from '../jsonpath/read-path.ts';
import type { Scope } from '../jsonpath/scope.ts';

/**
 * `Parameters`, `ResultSelector`, `ItemSelector`, `Assign`, …: returns the template with every field whose name ends in
 * `.$` replaced, at any depth. The value comes from its path or intrinsic function.
 * Throws PathFailure and IntrinsicFailure.
 */
export function fillTemplate(template: unknown, scope: Scope, chance: Chance): unknown {
  if (typeof template !== 'object' || template === null) return template;
  if (Array.isArray(template)) return template.map((item) => fillTemplate(item, scope, chance));
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) =>
      key.endsWith('.$') && typeof value === 'string'
        ? [key.slice(0, -2), evaluateField(value, scope, chance, key)]
        : [key, fillTemplate(value, scope, chance)],
    ),
  );
}

/** Evaluates a path or an intrinsic function of a `.$` field, `ErrorPath` or `CausePath`. Errors call it `field`. */
export function evaluateField(text: string, scope: Scope, chance: Chance, field: string): unknown {
  return looksLikeIntrinsic(text) ? evaluateIntrinsic(text, scope, chance) : readFieldPath(text, scope, field);
}
