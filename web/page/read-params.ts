type Param = { readonly name: string; readonly type: string; readonly required: boolean };

export type ReadParams = { readonly params: Readonly<Record<string, unknown>>; readonly problems: readonly string[] };

/** The fields' values by the parameters' types. An empty field is not sent. */
export function readParams(params: readonly Param[], written: Readonly<Record<string, string>>): ReadParams {
  const problems: string[] = [];
  const read: [string, unknown][] = [];
  for (const { name, type } of params) {
    const text = written[name] ?? '';
    if (text === '') continue;
    const value = readValue(type, text);
    if (value === undefined)
      problems.push(`${name}: ${JSON.stringify(text)} is not ${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`);
    else read.push([name, value]);
  }
  return { params: Object.fromEntries(read), problems };
}

function readValue(type: string, text: string): unknown {
  if (type === 'number' || type === 'integer') {
    const value = Number(text);
    return text.trim() === '' || !Number.isFinite(value) || (type === 'integer' && !Number.isInteger(value))
      ? undefined
      : value;
  }
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : undefined;
  return text;
}
