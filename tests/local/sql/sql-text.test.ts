import { expect, test } from 'vitest';
import { fileList, splitAtCommas } from '../../../local/sql/sql-text.ts';

test('the parts of a list keep the commas inside brackets and quotes', () => {
  expect(splitAtCommas('id BIGINT,price DECIMAL(10,2),m map<string,int>,"a,b" INT')).toEqual([
    'id BIGINT',
    'price DECIMAL(10,2)',
    'm map<string,int>',
    '"a,b" INT',
  ]);
});

test('a file’s name is not a pattern', () => {
  expect(fileList(["/s3/it's [1]*.csv"])).toBe("['/s3/it''s [[]1][*].csv']");
});
