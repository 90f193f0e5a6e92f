/**
 * The cause of a failed expression in its author's terms: without the code that the compiler adds, and with the
 * argument's own name. Other causes stay as they are. The sentences are the service's, as recorded in
 * `asl-conformance/`; a cause that was too long lacks its beginning.
 */
export function plainCause(cause: string): string {
  const found = (sentence.exec(cause) ?? cutSentence.exec(cause))?.groups;
  if (found === undefined) return cause;
  const { whole, rest = '', field = '', what = '' } = found;
  const text = written(whole ?? rest);
  const shown = whole === undefined && text === rest.trim() ? `…${text}` : text;
  return `${nameOf(field)}: \`${shown}\` ${outcomeOf(what)}`;
}

const end = "' specified for the field '(?<field>[^']*)' (?<what>(?:returned|threw) .*)$";
const sentence = new RegExp(`The JSONata expression '(?<whole>.*)${end}`, 's');
const cutSentence = new RegExp(`^(?<rest>.*)${end}`, 's');

/** The author's part of `($tasks:={…};TEXT)`. Names of tasks contain no brace. */
function written(expression: string): string {
  const behind = expression.indexOf('};');
  const bound = expression.startsWith('($tasks:={') || !expression.slice(0, behind).includes('{');
  return behind !== -1 && bound
    ? expression
        .slice(behind + 2)
        .replace(/\)$/, '')
        .trim()
    : expression.trim();
}

function nameOf(field: string): string {
  const [, argument] = /^Arguments\/Payload\/work\/args\/(.*)$/s.exec(field) ?? [];
  if (argument !== undefined) return `argument ${argument.replaceAll('/', '.')}`;
  return field === 'Arguments/Payload/if' ? 'if' : field;
}

function outcomeOf(what: string): string {
  if (what === 'returned nothing (undefined).') return 'returned nothing';
  if (what === 'returned an unsupported result type.') return 'returned something other than JSON';
  return what.replace(/^threw an error during evaluation\. /, 'failed: ');
}
