import { expect, test } from 'vitest';
import { withDirectImports } from '../../infra/direct-imports.ts';

const protocols = new Map([
  ['HttpRequest', { from: '/core/httpRequest.js', name: 'HttpRequest' }],
  ['Md5', { from: '/core/Md5Node', name: 'Md5Node' }],
]);
const indices = new Map([['@smithy/core/protocols', protocols]]);

test('an import points at the module that defines the name, and keeps the local name', () => {
  expect(withDirectImports('import { HttpRequest as Request, Md5, } from "@smithy/core/protocols";', indices)).toBe(
    'import { HttpRequest as Request } from "/core/httpRequest.js"; import { Md5Node as Md5 } from "/core/Md5Node";',
  );
});

test('an import of a name that the index itself defines still points at the index', () => {
  const source = 'import { v4 } from "@smithy/core/protocols";';
  expect(withDirectImports(source, indices)).toBe('import { v4 as v4 } from "@smithy/core/protocols";');
});

test('other lines are not changed', () => {
  const source = 'import * as all from "@smithy/core/protocols";\nimport { parse } from "./parse";\nconst a = 1;';
  expect(withDirectImports(source, indices)).toBe(source);
});
