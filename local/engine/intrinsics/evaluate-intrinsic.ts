import { find } from '../jsonpath/find.ts';
import type { Path } from '../jsonpath/path.ts';
import { searched } from '../jsonpath/read-path.ts';
import type { Scope } from '../jsonpath/scope.ts';
import { IntrinsicFailure, PathFailure } from '../jsonpath/state-failure.ts';
import { type Argument, BadArgument, type Call, type Chance } from './intrinsic.ts';
import { intrinsicFunctions } from './intrinsic-functions.ts';
import { parseIntrinsic } from './parse-intrinsic.ts';

/**
 * The value of `States.Name(…)`. Throws IntrinsicFailure if a function rejects its arguments, PathFailure if a path
 * among them finds nothing, and SyntaxProblem if the text is not a call (definitions are checked before they run).
 */
export function evaluateIntrinsic(text: string, scope: Scope, chance: Chance): unknown {
  return evaluateCall(parseIntrinsic(text), scope, chance);
}

function evaluateCall(call: Call, scope: Scope, chance: Chance): unknown {
  const args = call.args.map((argument, index) => evaluateArgument(call, argument, index, scope, chance));
  try {
    return intrinsicFunctions[call.name]?.apply(args, chance);
  } catch (thrown) {
    if (thrown instanceof BadArgument) throw new IntrinsicFailure(sayWhy(call, thrown.message));
    throw thrown;
  }
}

function evaluateArgument(call: Call, argument: Argument, index: number, scope: Scope, chance: Chance): unknown {
  switch (argument.kind) {
    case 'literal':
      return argument.value;
    case 'string':
      return call.name === 'States.Format' && index === 0 ? argument.raw : argument.value;
    case 'call':
      return evaluateCall(argument, scope, chance);
    case 'path':
      return evaluatePath(call, argument.path, scope);
  }
}

function evaluatePath(call: Call, path: Path, scope: Scope): unknown {
  const result = find(path, scope);
  if (result.found) return result.value;
  const where = JSON.stringify(searched(path.root.kind, scope));
  throw new PathFailure(
    sayWhy(call, `The JsonPath argument for the field '${path.text}' could not be found in the input '${where}'`),
  );
}

const sayWhy = (call: Call, why: string): string => `The function '${call.text}' had the following error: ${why}`;
