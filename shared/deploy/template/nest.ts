import { isJsonObject, type Json, mapValues } from '../../json.ts';
import type { Resource, Resources } from './template.ts';

/** The template of a nested stack. Its parameters are what it needs from the stack around it. */
export type NestedTemplate = {
  readonly Parameters: Readonly<Record<string, { readonly Type: 'String' }>>;
  readonly Resources: Resources;
};

export type Nested = {
  readonly template: NestedTemplate;
  /** The value of each parameter. */
  readonly given: Readonly<Record<string, Json>>;
  /** Resources of the stack around it that must be there first, and that no parameter names. */
  readonly after: readonly string[];
};

/**
 * Moves resources into a nested stack: every `Ref` and `GetAtt` to other resources becomes a parameter, and the stack
 * depends on what its resources depend on. `Fn::Sub` must not refer to other resources.
 */
export function nest(resources: Resources): Nested {
  const given: Record<string, Json> = {};
  const parameter = (name: string, value: Json): Json => {
    given[name] = value;
    return { Ref: name };
  };
  const inside = (id: string): boolean => id.startsWith('AWS::') || resources[id] !== undefined;

  const walk = (value: Json): Json => {
    if (Array.isArray(value)) return value.map((each: Json) => walk(each));
    if (!isJsonObject(value)) return value;
    const { Ref: target, 'Fn::GetAtt': path } = value;
    if (typeof target === 'string' && !inside(target)) return parameter(target, value);
    if (Array.isArray(path) && !inside(String(path[0]))) return parameter(path.join(''), value);
    return mapValues(value, walk);
  };

  const after = new Set<string>();
  const nested = Object.entries(resources).map(([id, { Properties, DependsOn = [], ...rest }]): [string, Resource] => {
    for (const other of DependsOn) if (!inside(other)) after.add(other);
    const own = DependsOn.filter(inside);
    return [
      id,
      {
        ...rest,
        ...(own.length > 0 && { DependsOn: own }),
        Properties: mapValues(Properties, walk),
      },
    ];
  });
  const names = Object.keys(given).sort();
  return {
    template: {
      Parameters: Object.fromEntries(names.map((name) => [name, { Type: 'String' }])),
      Resources: Object.fromEntries(nested),
    },
    given: Object.fromEntries(names.map((name) => [name, given[name] ?? null])),
    after: [...after].sort(),
  };
}
