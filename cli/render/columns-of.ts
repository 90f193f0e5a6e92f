import stringWidth from 'string-width';

/** Characters that take one column each, whatever is beside them. */
const plain = /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u21ff\u2500-\u25f7✔✖]*$/;

/** The columns that a text takes on a terminal. Wide characters count as two, colours as none. */
export function columnsOf(text: string): number {
  // the library loads tables of all scripts, which takes longer than everything else that a list does
  return plain.test(text) ? text.length : stringWidth(text);
}
