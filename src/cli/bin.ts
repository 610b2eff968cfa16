// The executable.

import { main } from './main.ts';
import { processTerminal } from './terminal.ts';

main(process.argv.slice(2), processTerminal(() => process.exit(2))).then((code) => (process.exitCode = code));
