import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseDocument } from 'yaml';
import { checkDefinition } from '../local/engine/check/check-definition.ts';
import { rawPermissions } from '../shared/deploy/raw-permissions.ts';
import type { RawMachine } from '../shared/deploy/raw-resources.ts';
import type { Settings } from '../shared/deploy/settings.ts';
import { isJsonObject } from '../shared/json.ts';

export type RawReading = { readonly machines: readonly RawMachine[]; readonly problems: readonly string[] };

/** `statemachines/NAME.asl.json`, `.asl.yml` and `.asl.yaml`: definitions written by hand. */
export function readRawMachines(root: string, settings: Settings, taken: ReadonlySet<string>): RawReading {
  const machines: RawMachine[] = [];
  const problems: string[] = [];
  const folder = path.join(root, 'statemachines');
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  for (const relative of files.filter((each) => /\.asl\.(json|ya?ml)$/.test(each)).sort()) {
    const file = path.join('statemachines', relative);
    const refuse = (message: string, remedy: string): void => {
      problems.push(`${file}: error: ${message}\n    ${remedy}`);
    };
    const name = path.basename(relative).replace(/\.asl\.\w+$/, '');
    const document = parseDocument(readFileSync(path.join(root, file), 'utf8'), { prettyErrors: true });
    const definition: unknown = document.errors.length > 0 ? undefined : document.toJS({ maxAliasCount: 100 });
    for (const error of document.errors) refuse(error.message, 'write JSON or YAML');
    if (document.errors.length > 0) continue;
    if (!isJsonObject(definition)) {
      refuse('this is no state machine', 'write an object with `StartAt` and `States`');
      continue;
    }
    if (!/^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(name) || taken.has(name))
      refuse(`a machine cannot be called ${name}`, 'use a name of letters, digits, - and _ that no pipeline has');
    for (const { severity, location, message } of checkDefinition(definition, { type: 'STANDARD' })) {
      if (severity === 'ERROR') refuse(`${location ?? '/'}: ${message}`, 'Step Functions would refuse the definition');
    }
    const { unknown } = rawPermissions(definition);
    if (unknown.length > 0 && settings.machineRoles[name] === undefined)
      refuse(
        `what ${unknown.join(', ')} may use cannot be read from the definition`,
        `name a role: custom.gluewright.machineRoles: {${name}: ARN} in serverless.yml`,
      );
    machines.push({ name, definition });
  }
  return { machines, problems };
}
