import { isJsonObject, type Json } from '../shared/json.ts';

/** Sources of variables: `self:` the document, `sls:stage` and `opt:` the given options, `env:` the environment. */
export type VariableSource = {
  readonly document: Json;
  readonly stage: string;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/** Variables may refer to each other this deep; cycles end here as well. */
const deepest = 20;

/**
 * Fills in Serverless's variables that need neither network nor code. Calls `unknown` with each other variable,
 * which stays unchanged.
 */
export function resolveVariables(
  value: Json,
  source: VariableSource,
  unknown: (variable: string) => void,
  depth = 0,
): Json {
  if (Array.isArray(value)) return value.map((each: Json) => resolveVariables(each, source, unknown, depth));
  if (isJsonObject(value)) {
    const entries = Object.entries(value);
    return Object.fromEntries(entries.map(([name, each]) => [name, resolveVariables(each, source, unknown, depth)]));
  }
  if (typeof value !== 'string') return value;
  // innermost variables first
  const variable = /\$\{([^${}]*)\}/.exec(value);
  if (variable === null) return value;
  const [whole, inside = ''] = variable;
  const found = depth < deepest ? sourced(inside, source) : undefined;
  if (found === undefined) {
    unknown(whole);
    return value;
  }
  if (whole === value) return resolveVariables(found, source, unknown, depth + 1);
  const text = typeof found === 'string' ? found : JSON.stringify(found);
  return resolveVariables(
    value.replace(whole, () => text),
    source,
    unknown,
    depth + 1,
  );
}

/** The first of several comma-separated sources that has a value. */
function sourced(inside: string, { document, stage, env }: VariableSource): Json | undefined {
  for (const one of inside.split(',').map((part) => part.trim())) {
    const literal = /^(?:'([^']*)'|"([^"]*)"|(true|false|-?\d+))$/.exec(one);
    if (literal !== null) {
      const plain: Json = literal[3] === undefined ? (literal[1] ?? literal[2] ?? '') : JSON.parse(literal[3]);
      return plain;
    }
    const [kind, ...rest] = one.split(':');
    const address = rest.join(':');
    const found =
      kind === 'self'
        ? partOf(document, address)
        : one === 'sls:stage' || one === 'opt:stage'
          ? stage
          : kind === 'env'
            ? env[address]
            : undefined;
    if (found !== undefined && found !== null) return found;
  }
  return undefined;
}

function partOf(document: Json, address: string): Json | undefined {
  let part: Json | undefined = document;
  for (const name of address.split('.')) part = isJsonObject(part) ? part[name] : undefined;
  return part;
}
