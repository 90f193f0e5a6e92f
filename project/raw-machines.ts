import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Document, LineCounter, parseDocument } from 'yaml';
import { checkDefinition } from '../local/engine/check/check-definition.ts';
import { isJsonObject, type JsonObject } from '../shared/json.ts';
import type { Problem } from '../shared/reading/problem.ts';

/** A state machine that people wrote in Amazon States Language. It has its file's name, and is deployed unchanged. */
export type RawMachine = { readonly name: string; readonly file: string; readonly definition: JsonObject };

export function isRawMachineFile(name: string): boolean {
  return /\.asl\.(json|ya?ml)$/.test(name);
}

/** @param file its name in problems */
export function readRawMachine(
  path: string,
  file: string,
): { readonly machine?: RawMachine; readonly problems: readonly Problem[] } {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines, prettyErrors: false });
  const syntax = document.errors.map(({ message, pos: [start] }): Problem => {
    const { line, col: column } = lines.linePos(start);
    return { file, line, column, severity: 'error', code: 'syntax', message, remedy: 'write JSON, or YAML' };
  });
  if (syntax.length > 0) return { problems: syntax };
  const definition = plain(document);
  const problems = checkDefinition(definition, { type: 'STANDARD' }).map(
    ({ severity, code, message, location }): Problem => {
      const where = location === undefined || location === '' ? '' : `${location}: `;
      return {
        file,
        line: 1,
        column: 1,
        severity: severity === 'ERROR' ? 'error' : 'warning',
        code,
        message: `${where}${message}`,
        remedy: 'Step Functions would say the same of it',
      };
    },
  );
  if (!isJsonObject(definition)) return { problems };
  return { machine: { name: basename(path).replace(/\.asl\.\w+$/, ''), file, definition }, problems };
}

/** YAML that cannot be expanded, such as an alias that stands for too much, is not a definition. */
function plain(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    return undefined;
  }
}
