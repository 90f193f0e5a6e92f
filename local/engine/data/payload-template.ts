import { evaluateIntrinsic } from '../intrinsics/evaluate-intrinsic.ts';
import type { Chance } from '../intrinsics/intrinsic.ts';
import { looksLikeIntrinsic } from '../intrinsics/parse-intrinsic.ts';
import { readFieldPath } from '../jsonpath/read-path.ts';
import type { Scope } from '../jsonpath/scope.ts';

/**
 * `Parameters`, `ResultSelector`, `ItemSelector`, `Assign`, …: the template with every field whose name ends in `.$`
 * replaced by what its path points to or its intrinsic function returns, at any depth.
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

/** A path or an intrinsic function, as a `.$` field, `ErrorPath` or `CausePath` holds one; errors name `field`. */
export function evaluateField(text: string, scope: Scope, chance: Chance, field: string): unknown {
  return looksLikeIntrinsic(text) ? evaluateIntrinsic(text, scope, chance) : readFieldPath(text, scope, field);
}
