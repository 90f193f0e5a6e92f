import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kinds } from '../../shared/tasks/kinds.ts';
import { triggerKinds } from '../../shared/triggers/kinds/kinds.ts';

/** `testing` and `bench` write pipeline files, in which a kind is a key. */
const roots = ['shared', 'functions', 'local', 'cli', 'project', 'infra'];

/** In these files, the name of a kind is also that of a trigger kind. */
const triggers = /^shared\/(?:triggers\/|model\/trigger\.ts|deploy\/resources\/trigger-resources\.ts|pipeline\/)/;
/** Some kinds have the same name as their service, which these files of its calls and its local service use. */
const own =
  /^(?:shared\/tasks\/|shared\/calls\/calls\.ts|local\/engine\/|local\/glue\/|local\/work\/(?:counterparts|[\w-]+-service)\.ts)/;

function sources(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('node_modules'))
    .map((name) => join(root, name));
}

const others = roots.flatMap(sources).filter((file) => !own.test(file));

/** Some kinds share their name with an ordinary word or a trigger kind. Then only uses as a kind count. */
function names(kind: string): RegExp {
  if (Object.hasOwn(triggerKinds, kind) && !kind.includes('-')) return new RegExp(`work\\.kind\\s*[!=]==\\s*'${kind}'`);
  return kind.includes('-') ? new RegExp(`'${kind}'`) : new RegExp(`\\bkind\\b['"]?\\s*(?:[!=]==|:)\\s*'${kind}'`);
}

test.each(Object.keys(kinds))('only the kinds’ own files name the kind %s', (kind) => {
  const naming = others.filter((file) => !triggers.test(file) && names(kind).test(readFileSync(file, 'utf8')));
  expect(naming).toEqual([]);
});

test('only the kinds’ own files read the fields of one kind of work', () => {
  const reading = others.filter((file) => /\bwork\.(?:job|args|inject)\b/.test(readFileSync(file, 'utf8')));
  expect(reading).toEqual([]);
});

test('kinds of tasks import only types from the SDK', () => {
  const imports = sources('shared/tasks').flatMap((file) => [
    ...readFileSync(file, 'utf8').matchAll(/import (type )?[^;]*?from '@aws-sdk[^']*'/g),
  ]);
  expect(imports.length).toBeGreaterThan(0);
  expect(imports.filter(([, type]) => type === undefined).map(([text]) => text)).toEqual([]);
});
