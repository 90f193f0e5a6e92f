import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { isPathKey } from '../../local/s3/object-address.ts';
import { readProject } from '../../project/read-project.ts';
import { parseAddress } from '../../shared/patterns/parse-address.ts';
import { whereView } from '../../shared/views/triggers/trigger-lists.ts';
import { whereIs } from '../../shared/views/triggers/where-is.ts';
import { openLedger } from '../open/open-ledger.ts';
import { findProjectRoot } from '../open/project-root.ts';
import { whereLines } from '../render/where-lines.ts';
import { openStage } from '../stage/stage.ts';
import { addStageOptions, type StageOptions } from '../stage/stage-options.ts';
import { addCommand, type JsonOption, printJson, type Register } from '../terminal/cli.ts';
import { CommandError, exitCodes } from '../terminal/command-error.ts';

export const where: Register = (program, cli) => {
  const summary = 'show what happened to an object: its batch and run, or why there is none';
  addStageOptions(addCommand(program, 'where', summary, 'where s3://landing/orders/2026-11-22/a.csv'))
    .argument('<object>', 'its address, s3://BUCKET/KEY')
    .action(async (address: string, options: JsonOption & StageOptions) => {
      const { terminal } = cli;
      const object = parseAddress(address);
      if (object === undefined) throw new CommandError(exitCodes.usage, `${address} is not an address s3://BUCKET/KEY`);
      const stage = await openStage(cli, options);
      if (stage !== undefined) {
        const { view, text } = await stage.get(`/arrivals?${new URLSearchParams({ object: address })}`, whereView);
        if (view.arrivals.length === 0) cli.exitCode = exitCodes.notFound;
        return terminal.out(options.json ? text : whereLines(terminal, view).join('\n'));
      }
      const { root, home } = findProjectRoot(terminal);
      const { pipelines } = await readProject(root, terminal.cwd);
      const open = openLedger(home);
      try {
        const found = await whereIs(
          open?.ledger,
          pipelines.map(({ pipeline }) => pipeline),
          { ...object, ...sizeAt(home, object) },
        );
        if (found.arrivals.length === 0) cli.exitCode = exitCodes.notFound;
        if (options.json) return printJson(cli, found);
        terminal.out(whereLines(terminal, found).join('\n'));
      } finally {
        open?.close();
      }
    });
};

/** Filters may compare the size, which is unknown before the object arrives. */
function sizeAt(home: string, { bucket, key }: { readonly bucket: string; readonly key: string }) {
  const file = isPathKey(key) ? join(home, 's3', bucket, key) : undefined;
  const found = file === undefined ? undefined : lstatSync(file, { throwIfNoEntry: false });
  return found?.isFile() ? { size: found.size } : {};
}
