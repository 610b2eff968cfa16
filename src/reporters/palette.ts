// The colours of reports, and the only place that knows chalk.

import { Chalk, type ChalkInstance } from 'chalk';

import type { Severity } from '../model/finding.ts';

export type Paint = (text: string) => string;

export interface Palette extends Readonly<Record<Severity, Paint>> {
  readonly strong: Paint;
  readonly faint: Paint;
  readonly good: Paint;
}

/** Without colour every paint returns the text as it is. */
export function palette(color: boolean): Palette {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  return {
    error: paintOf(chalk.red.bold),
    warning: paintOf(chalk.yellow.bold),
    info: paintOf(chalk.cyan.bold),
    strong: paintOf(chalk.bold),
    faint: paintOf(chalk.dim),
    good: paintOf(chalk.green),
  };
}

/** Of one text: chalk would join all arguments, the index of a `map` too. */
function paintOf(chalk: ChalkInstance): Paint {
  return (text) => chalk(text);
}
