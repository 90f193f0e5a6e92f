import stringWidth from 'string-width';

/** Characters that always take one column. */
const plain = /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u21ff\u2500-\u25f7✔✖]*$/;

/** The width of a text on a terminal. Wide characters take two columns, and colour codes take none. */
export function columnsOf(text: string): number {
  // The library loads tables of all scripts. That takes longer than the rest of a command that prints a list.
  return plain.test(text) ? text.length : stringWidth(text);
}
