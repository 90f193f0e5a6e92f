import type { CatalogEntry } from '../../catalog/catalog-store.ts';
import { splitAtCommas } from '../../sql/sql-text.ts';
import type { Properties } from './split-statement.ts';

/** The catalog entry for the text after the name in `CREATE EXTERNAL TABLE name (…) …`. */
export function externalTable(rest: string): CatalogEntry {
  const columns = listBehind(rest, 0);
  const partitioned = /PARTITIONED\s+BY\s*(?=\()/i.exec(rest);
  const keys = partitioned === null ? { text: '' } : listBehind(rest, partitioned.index + partitioned[0].length);
  const serde = quoted(/ROW\s+FORMAT\s+SERDE\s+'([^']*)'/i, rest);
  const delimiter = quoted(/FIELDS\s+TERMINATED\s+BY\s+'([^']*)'/i, rest);
  const stored = /STORED\s+AS\s+(\w+)/i.exec(rest)?.[1]?.toLowerCase();
  const serdeProperties = properties(/SERDEPROPERTIES\s*(?=\()/i, rest);
  return {
    TableType: 'EXTERNAL_TABLE',
    Parameters: {
      ...(stored !== undefined && stored !== 'textfile' && { classification: stored }),
      ...properties(/TBLPROPERTIES\s*(?=\()/i, rest),
    },
    PartitionKeys: columnsIn(keys.text),
    StorageDescriptor: {
      Columns: columnsIn(columns.text),
      Location: quoted(/LOCATION\s+'([^']*)'/i, rest),
      SerdeInfo: {
        ...(serde !== undefined && { SerializationLibrary: serde }),
        Parameters: { ...serdeProperties, ...(delimiter !== undefined && { 'field.delim': unescaped(delimiter) }) },
      },
    },
  };
}

function quoted(pattern: RegExp, text: string): string | undefined {
  return pattern.exec(text)?.[1];
}

function unescaped(text: string): string {
  return text
    .replace('\\t', '\t')
    .replace(/^\\(\d{3})$/, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8)));
}

function properties(pattern: RegExp, text: string): Properties {
  const found = pattern.exec(text);
  if (found === null) return {};
  const pairs = listBehind(text, found.index + found[0].length).text.matchAll(
    /['"]([^'"]*)['"]\s*=\s*['"]([^'"]*)['"]/g,
  );
  return Object.fromEntries([...pairs].map(([, key = '', value = '']) => [key, value]));
}

/** The text inside the first parentheses at or after `from`. */
function listBehind(text: string, from: number): { readonly text: string } {
  const start = text.indexOf('(', from);
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return { text: text.slice(start + 1, at) };
  }
  return { text: '' };
}

function columnsIn(text: string): { Name: string; Type: string }[] {
  return splitAtCommas(text).flatMap((each) => {
    const [, name, type] = /^\s*[`"]?([\w-]+)[`"]?\s+(.+?)(?:\s+COMMENT\s+'.*')?\s*$/is.exec(each) ?? [];
    return name === undefined || type === undefined
      ? []
      : [{ Name: name.toLowerCase(), Type: type.toLowerCase().replaceAll(/\s+/g, '') }];
  });
}
