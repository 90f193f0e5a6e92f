import { comparisons } from './compare-in-filter.ts';
import { matchesRegex } from './matches-regex.ts';
import { type Condition, canonical, fragment, isDefinite, type Operand, type Path, type Segment } from './path.ts';
import { pathFunctions } from './path-functions.ts';
import type { Scope } from './scope.ts';

export type Found = { readonly found: true; readonly value: unknown } | { readonly found: false; readonly why: string };

/**
 * The value or values at a path. A definite path returns its one node, or fails with the message of AWS's library. Any
 * other path returns the list of all matches, which may be empty, even if its starting point is missing (recorded).
 */
export function find(path: Path, scope: Scope): Found {
  if (path.unreadable !== undefined) return { found: false, why: path.unreadable };
  const root = rootValue(path, scope);
  if (root === undefined) return { found: false, why: `No results for path: ${path.text}` };
  const search: Search = { root, left: maxSteps };
  if (isDefinite(path)) return findOne(path, root, search);
  const value = findAll(path.segments, root, search);
  return search.left < 0 ? { found: false, why: `Too many results for path: ${path.text}` } : { found: true, value };
}

/** Limit for steps, which take some hundred milliseconds: `$..a..a..a` visits the same values again and again. */
const maxSteps = 5_000_000;

/** `root` is the value of `$` in a filter. `left` counts down, and below zero nothing more is found. */
type Search = { readonly root: unknown; left: number };

function rootValue({ root }: Path, scope: Scope): unknown {
  if (root.kind === 'context') return scope.context;
  if (root.kind !== 'variable') return scope.input;
  return Object.hasOwn(scope.variables, root.name) ? scope.variables[root.name] : undefined;
}

function findOne({ segments }: Path, root: unknown, search: Search): Found {
  let value = root;
  let index = 0;
  for (const segment of segments) {
    const next = nextOf(value, segment, search, index === segments.length - 1);
    if (next === undefined) return { found: false, why: whyNot(segments, index, value) };
    value = next;
    index += 1;
  }
  return { found: true, value };
}

/** Follows one segment of a definite path. Most segments are a name, and need no list. */
function nextOf(value: unknown, segment: Segment, search: Search, leaf: boolean): unknown {
  const name = segment.kind === 'properties' && segment.names.length === 1 ? segment.names[0] : undefined;
  if (name === undefined) return step(value, segment, search, leaf)[0];
  search.left -= 1;
  return member(value, name);
}

/** Jayway JsonPath, PathToken.handleObjectProperty, PropertyPathToken.evaluate and ArrayPathToken.checkArrayModel. */
function whyNot(segments: readonly Segment[], index: number, value: unknown): string {
  const segment = segments[index];
  const here = canonical(segments.slice(0, index + 1));
  if (segment === undefined || segment.kind === 'function') return `No results for path: ${here}`;
  if (segment.kind === 'properties' && (typeof value !== 'object' || value === null || Array.isArray(value))) {
    return `Expected to find an object with property ${fragment(segment)} in path ${canonical(segments.slice(0, index))} but found '${javaClass(value)}'. This is not a json object according to the JsonProvider: 'com.jayway.jsonpath.spi.json.JacksonJsonProvider'.`;
  }
  if (segment.kind === 'indices' && !Array.isArray(value)) {
    return `Filter: ${fragment(segment)} can only be applied to arrays. Current context is: ${JSON.stringify(value)}`;
  }
  const leaf = index === segments.length - 1 || segment.kind === 'indices';
  return leaf ? `No results for path: ${here}` : `Missing property in path ${here}`;
}

function javaClass(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return 'java.lang.String';
  if (typeof value === 'boolean') return 'java.lang.Boolean';
  if (Array.isArray(value)) return 'java.util.ArrayList';
  return Number.isInteger(value) ? 'java.lang.Integer' : 'java.lang.Double';
}

function findAll(segments: readonly Segment[], start: unknown, search: Search): unknown {
  let values: readonly unknown[] = [start];
  for (const [index, segment] of segments.entries()) {
    if (segment.kind === 'function' && index === segments.length - 1)
      return pathFunctions[segment.name]?.(values) ?? [];
    const next: unknown[] = [];
    for (const value of values) {
      for (const each of step(value, segment, search, index === segments.length - 1)) next.push(each);
      if (search.left < 0) return next;
    }
    values = next;
  }
  return values;
}

/** Follows one segment. Returns nothing if it does not apply. */
function step(value: unknown, segment: Segment, search: Search, leaf: boolean): readonly unknown[] {
  search.left -= 1;
  const found = matches(value, segment, search, leaf);
  search.left -= found.length;
  return found;
}

function matches(value: unknown, segment: Segment, search: Search, leaf: boolean): readonly unknown[] {
  switch (segment.kind) {
    case 'properties':
      if (leaf && segment.names.length > 1) return merged(value, segment.names);
      return segment.names.flatMap((name) => property(value, name));
    case 'indices':
      return Array.isArray(value) ? segment.indices.flatMap((index) => present(value.at(index))) : [];
    case 'slice':
      return Array.isArray(value) ? value.slice(segment.from ?? 0, segment.to) : [];
    case 'wildcard':
      return children(value);
    case 'filter': {
      const candidates = Array.isArray(value) ? value : typeof value === 'object' && value !== null ? [value] : [];
      return candidates.filter((candidate) => search.left >= 0 && holds(segment.condition, candidate, search));
    }
    case 'descendants':
      return descendants(value, search).flatMap((node) =>
        search.left < 0 || !isScannedFor(segment.of, node, leaf) ? [] : step(node, segment.of, search, leaf),
      );
    case 'function':
      return present(pathFunctions[segment.name]?.(value));
  }
}

/**
 * Applies a segment after `..` (Jayway JsonPath, ScanPathToken). A filter applies to objects, each of which is visited
 * once. Several names at the end apply to objects that have them all.
 */
function isScannedFor(segment: Segment, node: unknown, leaf: boolean): boolean {
  if (segment.kind === 'filter') return !Array.isArray(node);
  if (segment.kind !== 'properties' || segment.names.length === 1 || !leaf) return true;
  return segment.names.every((name) => member(node, name) !== undefined);
}

/** Wrapped in a list, so that an array item is not flattened. */
const present = (value: unknown): readonly unknown[] => (value === undefined ? [] : [value]);

const property = (value: unknown, name: string): readonly unknown[] => present(member(value, name));

function member(value: unknown, name: string): unknown {
  const here = typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, name);
  return here ? Reflect.get(value, name) : undefined;
}

/** A final `$['a','b']` returns an object of the existing ones (Jayway JsonPath, PathToken.handleObjectProperty). */
function merged(value: unknown, names: readonly string[]): readonly unknown[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return [Object.fromEntries(names.flatMap((name) => property(value, name).map((found) => [name, found] as const)))];
}

function children(value: unknown): readonly unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : [];
}

function descendants(value: unknown, search: Search): readonly unknown[] {
  const found: unknown[] = [];
  const pending = [value];
  while (pending.length > 0 && search.left >= 0) {
    search.left -= 1;
    const node = pending.pop();
    found.push(node);
    pending.push(...children(node).toReversed());
  }
  return found;
}

function holds(condition: Condition, element: unknown, search: Search): boolean {
  switch (condition.kind) {
    case 'or':
      return condition.parts.some((part) => holds(part, element, search));
    case 'and':
      return condition.parts.every((part) => holds(part, element, search));
    case 'not':
      return !holds(condition.part, element, search);
    case 'exists':
      return operandValue(condition, element, search) !== undefined;
    case 'matches': {
      const text = operandValue(condition.left, element, search);
      const matches = matchesRegex(text, condition.pattern, condition.flags);
      search.left = matches === undefined ? -1 : search.left - 10_000; // Each may be slow.
      return matches ?? false;
    }
    case 'compare': {
      const left = operandValue(condition.left, element, search);
      const right = operandValue(condition.right, element, search);
      search.left -= lengthOf(left) * lengthOf(right); // Some operators compare everything with everything.
      return search.left >= 0 && (comparisons[condition.operator]?.(left, right) ?? false);
    }
  }
}

const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : 1);

function operandValue(operand: Operand | { kind: 'exists'; path: Path }, element: unknown, search: Search): unknown {
  if (operand.kind === 'literal') return operand.value;
  const start = operand.path.root.kind === 'element' ? element : search.root;
  if (!isDefinite(operand.path)) return findAll(operand.path.segments, start, search);
  const found = findOne(operand.path, start, search);
  return found.found ? found.value : undefined;
}
