import { createRequire } from 'node:module';

/**
 * Checks a template with CloudFormation's own schema: types, properties, required ones, primitive types, closed values,
 * and that Ref, GetAtt and Sub name existing resources. Returns the problems, one a line.
 */
export function checkTemplate(template: unknown, known: readonly string[] = []): string[] {
  const resources = isRecord(template) && isRecord(template.Resources) ? template.Resources : {};
  const problems: string[] = [];
  const types = new Map<string, SpecResource>();
  for (const [id, resource] of Object.entries(resources)) {
    if (!isRecord(resource) || typeof resource.Type !== 'string') problems.push(`${id}: no type`);
    else {
      const [spec] = database.lookup('resource', 'cloudFormationType', 'equals', resource.Type);
      if (!/^[A-Za-z0-9]+$/.test(id)) problems.push(`${id}: not a logical id`);
      if (spec === undefined) problems.push(`${id}: unknown type ${resource.Type}`);
      else types.set(id, spec);
    }
  }
  for (const [id, spec] of types) {
    const resource = resources[id];
    if (isRecord(resource)) checkProperties(id, resource.Properties ?? {}, spec.properties, problems);
  }
  checkReferences(template, types, new Set(known), problems);
  checkCircles(resources, problems);
  return problems;
}

type SpecType = {
  readonly type: string;
  readonly element?: SpecType;
  readonly types?: readonly SpecType[];
  readonly reference?: { readonly $ref: string };
  readonly allowedValues?: readonly unknown[];
};
type SpecProperty = { readonly type: SpecType; readonly required?: boolean };
type SpecProperties = Readonly<Record<string, SpecProperty>>;
type SpecResource = { readonly properties: SpecProperties; readonly attributes: Readonly<Record<string, unknown>> };
type Database = {
  lookup(entity: 'resource', index: string, how: 'equals', value: string): Iterable<SpecResource> & SpecResource[];
  get(entity: 'typeDefinition', id: string): { readonly properties: SpecProperties };
};

const { loadAwsServiceSpecSync } = createRequire(import.meta.url)('@aws-cdk/aws-service-spec') as {
  loadAwsServiceSpecSync(): Database;
};
const database = loadAwsServiceSpecSync();

function checkProperties(path: string, value: unknown, spec: SpecProperties, problems: string[]): void {
  if (!isRecord(value)) {
    problems.push(`${path}: not an object`);
    return;
  }
  for (const [name, property] of Object.entries(spec)) {
    if (property.required === true && value[name] === undefined) problems.push(`${path}.${name}: missing`);
  }
  for (const [name, inner] of Object.entries(value)) {
    const property = spec[name];
    if (property === undefined) problems.push(`${path}.${name}: unknown property`);
    else checkValue(`${path}.${name}`, inner, property.type, problems);
  }
}

function checkValue(path: string, value: unknown, type: SpecType, problems: string[]): void {
  if (isIntrinsic(value)) return;
  switch (type.type) {
    case 'string':
    case 'date-time':
      if (typeof value !== 'string') problems.push(`${path}: not a string`);
      else if (type.allowedValues !== undefined && !type.allowedValues.includes(value))
        problems.push(`${path}: ${value} is none of ${type.allowedValues.join(', ')}`);
      return;
    case 'integer':
    case 'number':
      if (typeof value !== 'number') problems.push(`${path}: not a number`);
      return;
    case 'boolean':
      if (typeof value !== 'boolean') problems.push(`${path}: not a boolean`);
      return;
    case 'array':
      if (!Array.isArray(value)) problems.push(`${path}: not a list`);
      else for (const [index, each] of value.entries()) checkElement(`${path}[${index}]`, each, type, problems);
      return;
    case 'map':
      if (!isRecord(value)) problems.push(`${path}: not a map`);
      else for (const [name, each] of Object.entries(value)) checkElement(`${path}.${name}`, each, type, problems);
      return;
    case 'ref': {
      const definition = database.get('typeDefinition', type.reference?.$ref ?? '');
      checkProperties(path, value, definition.properties, problems);
      return;
    }
    case 'union': {
      const all = (type.types ?? []).map((each) => {
        const found: string[] = [];
        checkValue(path, value, each, found);
        return found;
      });
      if (all.every((found) => found.length > 0)) problems.push(...(all[0] ?? []));
      return;
    }
    default: // json, tag, null: anything
  }
}

function checkElement(path: string, value: unknown, type: SpecType, problems: string[]): void {
  if (type.element !== undefined) checkValue(path, value, type.element, problems);
}

function checkReferences(
  value: unknown,
  types: ReadonlyMap<string, SpecResource>,
  known: ReadonlySet<string>,
  problems: string[],
): void {
  if (Array.isArray(value)) for (const each of value) checkReferences(each, types, known, problems);
  if (!isRecord(value)) return;
  const there = (id: string): boolean => id.startsWith('AWS::') || types.has(id) || known.has(id);
  const attribute = (id: string, name: string): boolean => {
    const spec = types.get(id);
    return spec === undefined ? known.has(id) : Object.keys(spec.attributes).includes(name);
  };
  if (typeof value.Ref === 'string' && !there(value.Ref)) problems.push(`Ref ${value.Ref}: no such resource`);
  const got = value['Fn::GetAtt'];
  if (Array.isArray(got) && !attribute(String(got[0]), String(got[1])))
    problems.push(`GetAtt ${got.join('.')}: no such attribute`);
  const { text, given } = subOf(value['Fn::Sub']);
  if (text !== undefined) {
    for (const [, name = ''] of text.matchAll(/\$\{([^}]*)\}/g)) {
      const [id = '', ...rest] = name.split('.');
      // `${!x}` is the text `${x}`.
      if (given.includes(name) || name.startsWith('!')) continue;
      if (rest.length === 0 ? !there(id) : !attribute(id, rest.join('.'))) problems.push(`Sub ${name}: no such thing`);
    }
  }
  for (const id of Array.isArray(value.DependsOn) ? value.DependsOn : []) {
    if (!there(String(id))) problems.push(`DependsOn ${String(id)}: no such resource`);
  }
  for (const inner of Object.values(value)) checkReferences(inner, types, known, problems);
}

/** Its text, and the names that it brings along. */
function subOf(value: unknown): { readonly text?: string; readonly given: readonly string[] } {
  if (typeof value === 'string') return { text: value, given: [] };
  if (!Array.isArray(value) || typeof value[0] !== 'string') return { given: [] };
  return { text: value[0], given: isRecord(value[1]) ? Object.keys(value[1]) : [] };
}

/** CloudFormation refuses resources that need each other. */
function checkCircles(resources: Record<string, unknown>, problems: string[]): void {
  const done = new Set<string>();
  const visit = (id: string, path: readonly string[]): void => {
    if (path.includes(id)) problems.push(`circle: ${[...path.slice(path.indexOf(id)), id].join(' → ')}`);
    if (path.includes(id) || done.has(id)) return;
    for (const target of referencesIn(resources[id])) {
      if (resources[target] !== undefined) visit(target, [...path, id]);
    }
    done.add(id);
  };
  for (const id of Object.keys(resources)) visit(id, []);
}

function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isRecord(value)) return [];
  const { text } = subOf(value['Fn::Sub']);
  const path = value['Fn::GetAtt'];
  return [
    ...(typeof value.Ref === 'string' ? [value.Ref] : []),
    ...(Array.isArray(path) ? [String(path[0])] : []),
    ...(text !== undefined ? [...text.matchAll(/\$\{([^}.!]*)/g)].map(([, name = '']) => name) : []),
    ...(Array.isArray(value.DependsOn) ? value.DependsOn.map(String) : []),
    ...Object.values(value).flatMap(referencesIn),
  ];
}

function isIntrinsic(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const [key, ...others] = Object.keys(value);
  return others.length === 0 && (key === 'Ref' || key?.startsWith('Fn::') === true);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
