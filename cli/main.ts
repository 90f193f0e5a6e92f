import { runCli } from './run-cli.ts';
import { processTerminal } from './terminal/terminal.ts';

// A reader that has seen enough (`| head`) is no error of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}
process.exitCode = await runCli(process.argv.slice(2), processTerminal());
