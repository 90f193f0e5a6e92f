import { expect, test } from 'vitest';
import { literalKeys, withoutErrors } from '../../infra/slim-sdk.ts';

test('keys that a constant of the same file names become literal ones', () => {
  const source = 'const _h = "http";\nconst _q = "a\\"b";\nexport var A = { [_h]: 1, [_q]: [_h] };';
  expect(literalKeys(source)).toBe(
    'const _h = "http";\nconst _q = "a\\"b";\nexport var A = { "http": 1, "a\\"b": [_h] };',
  );
});

test('keys of unknown or other names are left alone', () => {
  const source = 'const other = "x";\nexport var A = { [_gone]: 1, [other]: 2, [f()]: 3 };';
  expect(literalKeys(source)).toBe(source);
});

test('modelled errors are not registered, the base of all of them is', () => {
  const base = '_s_registry.registerError(SFNServiceException$, SFNServiceException);';
  const source = `${base}\nn0_registry.registerError(TaskTimedOut$, TaskTimedOut);\nvar keep = 1;`;
  expect(withoutErrors(source)).toBe(`${base}\n\nvar keep = 1;`);
});
