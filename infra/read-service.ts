import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { isJsonObject, type Json } from '../shared/json.ts';
import type { Problem } from '../shared/reading/problem.ts';
import type { DeploymentSource } from './deployment.ts';
import { resolveVariables } from './resolve-variables.ts';

export type ServiceReading =
  | { readonly source: DeploymentSource; readonly problems: readonly [] }
  | { readonly source: undefined; readonly problems: readonly Problem[] };

/**
 * The parts of `serverless.yml` that the deployment follows from, read without Serverless, so it is fast and needs
 * no installation.
 */
export function readService(
  root: string,
  cwd: string,
  given: { readonly stage?: string; readonly env: Readonly<Record<string, string | undefined>> },
): ServiceReading {
  const absolute = path.join(root, 'serverless.yml');
  const file = path.relative(cwd, absolute);
  const problems: Problem[] = [];
  const refuse = (place: { line: number; column: number }, code: string, message: string, remedy: string): void => {
    problems.push({ file, ...place, severity: 'error', code, message, remedy });
  };
  if (!existsSync(absolute)) {
    refuse({ line: 1, column: 1 }, 'no-service', 'there is no such file', 'docs/start.md has an example');
    return { source: undefined, problems };
  }
  const text = readFileSync(absolute, 'utf8');
  const lines = new LineCounter();
  const parsed = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  for (const { message, pos } of parsed.errors) {
    const { line, col: column } = lines.linePos(pos[0]);
    refuse({ line, column }, 'yaml', message, 'check quotes, brackets and indentation near this place');
  }
  if (problems.length > 0) return { source: undefined, problems };
  // tags (`!Ref`, `!Sub`) are CloudFormation's; the parts read here contain none
  const document: Json = parsed.toJS({ maxAliasCount: 100 });

  const stages = { document, env: given.env, stage: given.stage ?? 'dev' };
  const resolve = (value: Json | undefined, from = stages): Json | undefined => {
    if (value === undefined) return undefined;
    return resolveVariables(value, from, (variable) => {
      const remedy = 'what needs Serverless itself is checked by: npx serverless package';
      const { line, col: column } = lines.linePos(Math.max(0, text.indexOf(variable)));
      refuse({ line, column }, 'variable', `${variable} has no value that can be seen from here`, remedy);
    });
  };
  const part = (...names: readonly string[]): Json | undefined =>
    names.reduce<Json | undefined>((value, name) => (isJsonObject(value) ? value[name] : undefined), document);
  const own = given.stage ?? resolve(part('provider', 'stage'));
  const stage = typeof own === 'string' ? own : 'dev';
  const service = resolve(part('service'));
  const settings = resolve(part('custom', 'gluewright'), { ...stages, stage });
  if (typeof service !== 'string')
    refuse({ line: 1, column: 1 }, 'no-service', 'the service has no name', 'write `service: NAME`');
  if (problems.length > 0 || typeof service !== 'string') return { source: undefined, problems };
  return { source: { root, cwd, service, stage, settings }, problems: [] };
}
