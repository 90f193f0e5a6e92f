import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';
import { floors } from './floors.ts';

const roots = [
  'shared',
  'functions',
  'local',
  'cli',
  'project',
  'infra',
  'package',
  'testing',
  'verify',
  'bench',
  'web',
  'examples',
];

const sources = roots.flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|tsx|js|mjs)$/.test(name) && !/node_modules|dist\//.test(name))
    .map((name) => join(root, name)),
);

/** `from './x.ts'`, `import './x.ts'`, `import('./x.ts')`. */
function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*['"](\.\.?\/[^'"]+)['"]/g)].map(([, path = '']) =>
    normalize(join(dirname(file), path)),
  );
}

const floorOf = new Map<string, number>(floors.map((folder, index) => [folder, index]));

test('every folder with code has its floor', () => {
  const missing = new Set(sources.map((file) => dirname(file)).filter((folder) => !floorOf.has(folder)));
  expect([...missing]).toEqual([]);
});

test('every floor has a folder with code', () => {
  const folders = new Set(sources.map((file) => dirname(file)));
  expect(floors.filter((folder) => folder !== '.' && !folders.has(folder))).toEqual([]);
});

test('a folder imports only folders below it', () => {
  const upward = sources.flatMap((file) =>
    importsOf(file)
      .filter((imported) => dirname(imported) !== dirname(file))
      .filter((imported) => (floorOf.get(dirname(imported)) ?? Infinity) > (floorOf.get(dirname(file)) ?? -1))
      .map((imported) => `${file} imports ${imported}`),
  );
  expect(upward).toEqual([]);
});

test('no code imports a test', () => {
  const testing = sources.flatMap((file) => importsOf(file).filter((imported) => imported.startsWith('tests/')));
  expect(testing).toEqual([]);
});
