import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type ParsedNode,
  parseDocument,
} from 'yaml';
import type { Json } from '../json.ts';
import type { Finding, Path, Report } from './finding.ts';
import { reportSyntax } from './report-syntax.ts';
import { deepest, type Part, type Place, type Source } from './source.ts';

/** Characters. Ten times the largest known pipeline (2,122 tasks). Step Functions takes definitions of up to 1 MB. */
const largestFile = 1_000_000;

/** Where a part of the document is, in offsets from the beginning of the text. */
type Spot = { readonly start: number; readonly end: number; readonly key?: number; parts?: Map<string | number, Spot> };

/** Reports everything that keeps `text` from being plain JSON. */
export function readYaml(text: string, report: Report): { source: Source; sound: boolean } {
  const lines = new LineCounter();
  const spots: Spot = { start: 0, end: text.length };
  const place: Source['place'] = (part) => placeOf(part, spots, text, lines);
  const nothing: Source = { value: null, exact: true, place, label: () => '' };
  const refuse = (code: string, message: string, remedy: string, offset = 0) => {
    report({ path: [], offset, code, message, remedy });
    return { source: nothing, sound: false };
  };

  if (text.length > largestFile) {
    const remedy = 'split the pipeline; one can wait for the other with a `datasets` trigger';
    return refuse('too-large', `the file has ${text.length} characters; the limit is ${largestFile}`, remedy);
  }
  const tooDeep = depthOf(text);
  if (tooDeep !== undefined) {
    return refuse('too-deep', `values are nested more than ${deepest} deep`, 'make it flatter', tooDeep);
  }
  let document: Document.Parsed<ParsedNode>;
  try {
    document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, schema: 'core' });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return refuse('yaml', `cannot parse as YAML: ${why}`, 'simplify it, or look for an unusual character');
  }
  const wrong = [...document.errors, ...document.warnings];
  if (wrong.length > 0) {
    reportSyntax(text, wrong, report);
    return { source: nothing, sound: false };
  }
  let sound = true;
  const value = toJson(document.contents, spots, [], text, (finding) => {
    if (finding.severity !== 'warning') sound = false;
    report(finding);
  });
  return { source: { ...nothing, value }, sound };
}

/** The parser recurses, so nesting this deep is found before parsing. Brackets in strings count as well. */
const deepestBrackets = 1000;

/** Where brackets, or indicators such as `- - -` on one line, become too deep. */
function depthOf(text: string): number | undefined {
  let depth = 0;
  let compact = 0;
  for (let offset = 0; offset < text.length; offset += 1) {
    const letter = text[offset];
    if (letter === '[' || letter === '{') depth += 1;
    else if ((letter === ']' || letter === '}') && depth > 0) depth -= 1;
    if (letter === '-' || letter === '?' || letter === ':') compact += 1;
    else if (letter !== ' ' && letter !== '\t') compact = 0;
    if (depth > deepestBrackets || compact > deepestBrackets) return offset;
  }
  return undefined;
}

function toJson(node: Node | null, spot: Spot, path: Path, text: string, report: Report): Json {
  if (node === null) return null;
  const parts = new Map<string | number, Spot>();
  spot.parts = parts;
  if (isAlias(node)) {
    const remedy =
      'write the value out, or put what all tasks share into `defaults:`; a text that begins with * needs quotes';
    report({ path, code: 'alias', message: `aliases (\`*${node.source}\`) are not read`, remedy });
    return null;
  }
  if (path.length > deepest) {
    report({
      path,
      code: 'too-deep',
      message: `values are nested more than ${deepest} deep`,
      remedy: 'make it flatter',
    });
    return null;
  }
  if (isSeq(node)) {
    return node.items.map((item, at) => {
      const part = spotOf(item, spot);
      parts.set(at, part);
      return toJson(isNode(item) ? item : null, part, [...path, at], text, report);
    });
  }
  if (isMap(node)) {
    const entries: [string, Json][] = [];
    for (const { key, value } of node.items) {
      const keySpot = spotOf(key, spot);
      const name = isScalar(key) ? String(key.value === null ? '' : (key.source ?? key.value)) : undefined;
      if (name === undefined || name === '__proto__') {
        const template = text.startsWith('{', keySpot.start) && text.startsWith('{', keySpot.start - 1);
        const message = template ? '`{{ … }}` templates are not read' : 'a mapping or a list cannot be a key';
        const remedy = template ? 'write an expression, in quotes: "{% $params.day %}"' : 'use a plain name as key';
        report({ path, offset: keySpot.start, code: 'bad-key', message, remedy });
        continue;
      }
      const part: Spot = { ...spotOf(value, keySpot), key: keySpot.start };
      if (parts.has(name)) {
        const message = `duplicate key \`${name}\``;
        const remedy = 'rename one of the two, or remove it';
        report({ path, offset: keySpot.start, code: 'duplicate-key', message, remedy });
        continue;
      }
      parts.set(name, part);
      // the unknown key is reported, which is enough
      const merged = name === '<<' && isAlias(value);
      entries.push([name, merged ? null : toJson(isNode(value) ? value : null, part, [...path, name], text, report)]);
    }
    return Object.fromEntries(entries);
  }
  const value: unknown = isScalar(node) ? node.value : undefined;
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) {
    const written = isScalar(node) ? (node.source ?? '') : '';
    if (losesLetters(written, value)) {
      const message = `${written} is read as the number ${value}`;
      const remedy = 'put it in quotes, if every digit counts';
      report({ path, severity: 'warning', code: 'number', message, remedy });
    }
    return value;
  }
  report({
    path,
    code: 'not-json',
    message: `${String(value)} cannot stand here`,
    remedy: 'put it in quotes, if a text is meant',
  });
  return null;
}

/** Account ids with a leading zero, versions such as 1.10, and numbers that are too long. */
function losesLetters(written: string, value: number): boolean {
  return /^0\d/.test(written) || /\.\d+0$/.test(written) || (Number.isInteger(value) && !Number.isSafeInteger(value));
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value);
}

function spotOf(node: unknown, parent: Spot): Spot {
  const range = isNode(node) ? node.range : undefined;
  return range ? { start: range[0], end: range[1] } : { start: parent.start, end: parent.end };
}

function placeOf(part: Part & Pick<Finding, 'offset'>, root: Spot, text: string, lines: LineCounter): Place {
  const offset = part.offset ?? offsetOf(part, root, text);
  if (lines.lineStarts.length === 0) return { line: 1, column: 1 };
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

function offsetOf({ path, key, within }: Part, root: Spot, text: string): number {
  let spot = root;
  for (const step of path) {
    const part = spot.parts?.get(step);
    // a missing part gets the place of its parent's key
    if (part === undefined) return spot.key ?? spot.start;
    spot = part;
  }
  if (key === true) return spot.key ?? spot.start;
  if (within === undefined) return spot.start;
  // found only if the file has the same letters as the string: no escapes, no folding
  const from = text.indexOf(within.text, spot.start);
  return from >= 0 && from + within.offset < spot.end ? from + within.offset : spot.start;
}
