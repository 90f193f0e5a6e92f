import { runCli } from './run-cli.ts';
import { processTerminal } from './terminal/terminal.ts';

// a reader such as `| head` may stop early, which is no error
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}
process.exitCode = await runCli(process.argv.slice(2), processTerminal());
