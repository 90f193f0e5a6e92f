import type { YAMLParseError, YAMLWarning } from 'yaml';
import type { Report } from './finding.ts';

/** Later syntax errors mostly follow from the first few. */
const mostErrors = 20;

/** Reports the parser's errors in the words of an author. */
export function reportSyntax(text: string, wrong: readonly (YAMLParseError | YAMLWarning)[], report: Report): void {
  const errors = wrong.slice(0, mostErrors);
  const inner = innerQuote(text, errors);
  if (inner !== undefined) {
    report({ path: [], offset: inner, code: 'yaml', ...quoteInQuotes });
    return;
  }
  for (const error of errors) {
    const remedy = remedyFor(error.code, text, error.pos[0]);
    // the library's own message is for programmers who call it
    const message = messageOf(error.code, error.message, remedy);
    const opened = error.message.startsWith('Missing closing') ? unclosedQuote(text) : undefined;
    if (opened === undefined) report({ path: [], offset: error.pos[0], code: 'yaml', message, remedy });
    else report({ path: [], offset: opened, code: 'yaml', ...unclosed });
  }
}

const quoteIt = 'put the expression into quotes: "{% … %}"';

function messageOf(code: string, message: string, remedy: string): string {
  if (code === 'MULTIPLE_DOCS') return 'the file holds more than one YAML document';
  if (code === 'TAB_AS_INDENT') return 'tabs cannot indent YAML';
  return remedy === quoteIt ? 'an expression without quotes is not YAML' : message;
}

const quoteInQuotes = {
  message: 'this quote ends the text, and the expression goes on',
  remedy: 'use single quotes within the expression: "{% \'a\' & $run.id %}"',
};

/** Longer than any line that people write. */
const longestLine = 1_000;

/** Offset of a double quote within a double-quoted expression, on a line that does not parse. */
function innerQuote(text: string, errors: readonly { readonly pos: readonly [number, number] }[]): number | undefined {
  for (const { pos } of errors) {
    const start = text.lastIndexOf('\n', pos[0] - 1) + 1;
    const line = text.slice(start, start + longestLine).split('\n', 1)[0] ?? '';
    const found = /"\{%(?:(?!%\}|\\?").)*"(?=(?:(?!\{%).)*%\}")/.exec(line);
    if (found !== null) return start + found.index + found[0].length - 1;
  }
  return undefined;
}

const unclosed = {
  message: 'the quote that begins here is never closed',
  remedy: 'close it on the same line, or remove it',
};

/** Offset of the quote that opens on the first line with an odd number of such quotes. */
function unclosedQuote(text: string): number | undefined {
  let start = 0;
  for (const line of text.split('\n')) {
    const value = /(?:[:[{,-]\s*|^\s*)(["'])/.exec(line);
    const quote = value?.[1];
    if (quote !== undefined && (line.replaceAll('\\"', '').split(quote).length - 1) % 2 === 1) {
      return start + line.lastIndexOf(quote);
    }
    start += line.length + 1;
  }
  return undefined;
}

function remedyFor(code: string, text: string, offset: number): string {
  const around = text.slice(Math.max(0, offset - 100), offset + 100);
  const before = around.slice(0, Math.min(offset, 100)).split('\n').at(-1) ?? '';
  const behind = around.slice(Math.min(offset, 100)).split('\n')[0] ?? '';
  if (/(^|[^"'])\{%/.test(before + behind)) return quoteIt;
  if (code === 'TAB_AS_INDENT') return 'indent with spaces';
  if (code === 'MULTIPLE_DOCS')
    return 'one file holds one pipeline: remove the `---` and what follows, or move it to a file of its own';
  if (code === 'BAD_INDENT' || code === 'BAD_COLLECTION_TYPE')
    return 'check the indentation of this line and of the one above';
  if (code === 'TAG_RESOLVE_FAILED') return 'tags (`!…`) are not read; a text that begins with ! needs quotes';
  if (code === 'BAD_ALIAS') return 'aliases are not read; a text that begins with * or & needs quotes';
  return 'check quotes, brackets and colons near this place';
}
