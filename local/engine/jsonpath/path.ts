/** A path starts at `$` (the state's input), `$$` (the context object) or `$name` (a variable). */
export type Root =
  | { readonly kind: 'input' | 'context' | 'element' }
  | { readonly kind: 'variable'; readonly name: string };

export type Segment =
  | { readonly kind: 'properties'; readonly names: readonly string[] }
  | { readonly kind: 'indices'; readonly indices: readonly number[] }
  | { readonly kind: 'slice'; readonly from: number | undefined; readonly to: number | undefined }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'filter'; readonly condition: Condition }
  | { readonly kind: 'descendants'; readonly of: Segment }
  | { readonly kind: 'function'; readonly name: string };

/**
 * `text` is the path as written. `unreadable`: AWS accepts it in a definition, but its library cannot parse it, so the
 * state fails.
 */
export type Path = {
  readonly text: string;
  readonly root: Root;
  readonly segments: readonly Segment[];
  readonly unreadable?: string;
};

export type Operand =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'literal'; readonly value: unknown };

export type Condition =
  | { readonly kind: 'or' | 'and'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  | { readonly kind: 'exists'; readonly path: Path }
  | { readonly kind: 'matches'; readonly left: Operand; readonly pattern: string; readonly flags: string }
  | { readonly kind: 'compare'; readonly left: Operand; readonly operator: string; readonly right: Operand };

/**
 * A path to exactly one node: no wildcard, slice, filter, `..`, several indices, or several names except at the end,
 * where they make one object. Only such a path can be missing.
 */
export function isDefinite(path: Path): boolean {
  return path.segments.every(
    (segment, index) =>
      (segment.kind === 'properties' && (segment.names.length === 1 || index === path.segments.length - 1)) ||
      (segment.kind === 'indices' && segment.indices.length === 1) ||
      segment.kind === 'function',
  );
}

/** ResultPath and other Reference Paths: from the input, with names and indices only. */
export function isReferencePath(path: Path): boolean {
  return (
    path.root.kind === 'input' &&
    isDefinite(path) &&
    path.segments.every((segment) => segment.kind !== 'function' && !('names' in segment && segment.names.length > 1))
  );
}

/** Printed as by AWS's library: `$['a'][0]`. */
export function canonical(segments: readonly Segment[]): string {
  return `$${segments.map(fragment).join('')}`;
}

export function fragment(segment: Segment): string {
  switch (segment.kind) {
    case 'properties':
      return `[${segment.names.map((name) => `'${name}'`).join(',')}]`;
    case 'indices':
      return `[${segment.indices.join(',')}]`;
    case 'slice':
      return `[${segment.from ?? ''}:${segment.to ?? ''}]`;
    case 'wildcard':
      return '[*]';
    case 'filter':
      return '[?]';
    case 'descendants':
      return `..${fragment(segment.of)}`;
    case 'function':
      return `.${segment.name}()`;
  }
}
