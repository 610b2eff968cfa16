// The executable.

import { setFlagsFromString } from 'node:v8';
import { main } from './main.ts';
import { processTerminal } from './terminal.ts';

// V8 lets its heap grow to a multiple of what is in use; of ten thousand files, this keeps a fifth less, and takes no longer.
setFlagsFromString('--heap-growing-percent=50');
// V8 compiles WebAssembly anew, and well, when it has run for a while. The grammar is a few huge functions: that takes half a second, for
// which the process waits at its end, and gains nothing of 10,000 files.
setFlagsFromString('--wasm-tiering-budget=1000000000');

main(process.argv.slice(2), processTerminal(() => process.exit(2))).then((code) => (process.exitCode = code));
