import type { Report } from '../../reading/finding.ts';

/** Texts, quoted names, comments and bodies of procedures: they have no parameters. */
const opaque = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$\$[\s\S]*?\$\$|--[^\n]*|\/\*[\s\S]*?\*\//g;

/** `:name`, but not the cast `::type` and not the slice `1:n`. */
const parameter = /(?<![:\w]):([a-zA-Z_]\w*)/g;

/** Reports parameters of the statements without a value, and values without a parameter: Redshift refuses both. */
export function checkParameters(statements: readonly string[], names: readonly string[], report: Report): void {
  const used = new Set(
    statements.flatMap((sql) => [...sql.replace(opaque, '').matchAll(parameter)].map(([, name = '']) => name)),
  );
  for (const name of used) {
    if (names.includes(name)) continue;
    const message = `the statement has the parameter \`:${name}\`, but \`args\` has no \`${name}\``;
    report({ path: ['redshift'], code: 'redshift-args', message, remedy: `write \`args: { ${name}: VALUE }\`` });
  }
  for (const name of names) {
    if (used.has(name)) continue;
    const message = `no statement has a parameter \`:${name}\``;
    report({ path: ['args', name], code: 'redshift-args', message, remedy: `write \`:${name}\` in a statement` });
  }
}
