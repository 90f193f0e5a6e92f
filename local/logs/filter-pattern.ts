import { ServiceError } from '../service/service-error.ts';

/**
 * A filter of terms, as CloudWatch Logs reads it: `ERROR "not found" -debug` requires the first two and excludes the
 * third. `?a ?b` requires any of them.
 *
 * @throws {ServiceError} for JSON and column patterns, which are not supported locally
 */
export function compileFilter(pattern: string): (message: string) => boolean {
  const text = pattern.trim();
  if (/^[{[%]/.test(text)) {
    throw new ServiceError(
      'InvalidParameterException',
      'Locally, filter patterns support only terms, and not JSON, columns or regular expressions',
    );
  }
  const terms = [...text.matchAll(/([?-]?)(?:"((?:[^"\\]|\\.)*)"|(\S+))/g)].map(
    ([, sign = '', quoted, plain = '']) => ({
      sign,
      word: quoted?.replace(/\\(.)/g, '$1') ?? plain,
    }),
  );
  const some = terms.filter(({ sign }) => sign === '?');
  const all = terms.filter(({ sign }) => sign === '');
  const none = terms.filter(({ sign }) => sign === '-');
  const isIn = (message: string) => (term: { readonly word: string }) => message.includes(term.word);
  return (message) =>
    all.every(isIn(message)) && !none.some(isIn(message)) && (some.length === 0 || some.some(isIn(message)));
}
