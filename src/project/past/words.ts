// What is said of the past of a history, in the words of its tool.

import type { Problem } from '../../parser/parser.ts';
import type { Conduct, Late } from '../../sources/frameworks/conduct.ts';
import { titleOf } from '../../sources/code/code-tool.ts';
import { unknownTool } from '../../sources/code/code-tools.ts';
import { frameworks } from '../../sources/frameworks/index.ts';
import type { Home } from '../../sources/migrations/home.ts';

export type Said = Pick<Problem, 'rule' | 'message' | 'help' | 'atMost'>;

/** Whose words they are. Paths are as reports show them. */
export interface Speaker {
  readonly home: Home;
  readonly baseName: string;
}

/** Nobody knows what a project's own script does. */
const unknown: Pick<Conduct, 'changed' | 'gone'> = {
  changed: 'never runs the change where this migration has run, or refuses to run',
  gone: 'does not miss it, or refuses to run, and a new database comes to another schema',
};

const REWRITE = 'Restore the file as it was, and write the change in a new migration';

/** `migration`: of several in a file, the name of one. */
export function editedInWords(kind: 'sent' | 'around' | 'code', migration: string | undefined, speaker: Speaker): Said {
  const subject = migration === undefined ? 'this migration' : `the ${unitOf(speaker)} ${migration}`;
  const what = { sent: 'is changed', around: 'differs in comments or white space alone', code: 'is changed' }[kind];
  const message = `${subject} ${what}, and ${speaker.baseName} has it: ${toolOf(speaker)} ${conductOf(speaker).changed}`;
  const help = kind === 'around' ? 'Restore the file as it was' : REWRITE;
  return { rule: 'edited-migration', message, help, ...(kind === 'sent' ? {} : { atMost: 'warning' }) };
}

export function missingInWords(migration: string, speaker: Speaker): Said {
  const message = `the ${unitOf(speaker)} ${migration} of ${speaker.baseName} is gone: where it has run, ${toolOf(speaker)} ${conductOf(speaker).gone}`;
  return { rule: 'edited-migration', message, help: 'Put it back, and undo what it did in a new one' };
}

export function deletedInWords(speaker: Speaker): Said {
  const message = `this migration of ${speaker.baseName} is gone: ${toolOf(speaker)} ${conductOf(speaker).gone}`;
  const help = 'Restore the file, and undo what it did in a new migration; where it has run everywhere, say so with "start-after:" in the configuration';
  return { rule: 'edited-migration', message, help };
}

/** `isAnother`: the tool takes it for a migration that has not run. */
export function renamedInWords(was: string, isAnother: boolean, speaker: Speaker): Said {
  const { conduct } = speaker.home.framework;
  const runs = conduct === undefined ? 'may run it again where it has run' : `runs it again where it has run as ${was}, or ${conduct.gone}`;
  const does = isAnother ? runs : `refuses to migrate where it has run as ${was}, because its name differs`;
  return { rule: 'edited-migration', message: `this migration is ${was} of ${speaker.baseName} under another name: ${toolOf(speaker)} ${does}`, help: `Give the file its name back: ${was}` };
}

export function lateInWords(behind: string, isOnTip: boolean, speaker: Speaker): Said {
  const { framework, root } = speaker.home;
  const { conduct } = framework;
  const said = conduct?.lateIn?.(root);
  const late = said ?? conduct?.late;
  const message = `this migration sorts before ${behind}, which ${speaker.baseName} ${isOnTip ? 'has by now' : 'has'}: ${does(late, conduct, said !== undefined, speaker)}`;
  return { rule: 'out-of-order-migration', message, help: `Rename it so that it sorts behind ${behind}`, ...graveOf(late, said !== undefined) };
}

function does(late: Late | undefined, conduct: Conduct | undefined, isSaid: boolean, speaker: Speaker): string {
  const title = toolOf(speaker);
  switch (late) {
    case 'skips':
      return `where that has run, ${title} never runs this one`;
    case 'refuses':
      return `where that has run, ${title} refuses to run${conduct?.unless === undefined || isSaid ? '' : ` unless ${conduct.unless}`}`;
    case 'runs':
      return `${title} runs this one behind it where that has run, and before it on a new database`;
    case undefined:
      return 'whoever runs only what is behind the last one never runs this one';
  }
}

/** What runs late runs; where somebody has said that it may, it is for him to know. */
function graveOf(late: Late | undefined, isSaid: boolean): Pick<Said, 'atMost'> {
  if (late === 'runs') return { atMost: isSaid ? 'info' : 'warning' };
  return late === undefined ? { atMost: 'warning' } : {};
}

export function forkInWords(beside: string, isOnTip: boolean, speaker: Speaker): Said {
  const message = `this migration and ${beside}, which ${speaker.baseName} ${isOnTip ? 'has by now' : 'has'}, do not follow each other: ${toolOf(speaker)} refuses to run where there are two ends`;
  return { rule: 'out-of-order-migration', message, help: `Let it follow ${beside}, or merge the two` };
}

export function twinInWords(other: string, isOnTip: boolean, speaker: Speaker): Said {
  const owner = isOnTip ? `, which ${speaker.baseName} has by now` : '';
  const message = `this migration has the version of ${other}${owner}: ${toolOf(speaker)} ${speaker.home.framework.conduct?.twins ?? 'can\'t tell them apart'}`;
  return { rule: 'duplicate-version', message, help: 'Give it a version of its own, behind the newest one' };
}

function conductOf({ home }: Speaker): Pick<Conduct, 'changed' | 'gone'> {
  return home.framework.conduct ?? unknown;
}

function unitOf({ home }: Speaker): string {
  return home.framework.unit ?? 'migration';
}

/** Of no tool that is known, whoever runs the files. */
function toolOf({ home: { framework } }: Speaker): string {
  return framework.title === frameworks.plain.title || framework.title === titleOf(unknownTool) ? 'whoever runs it' : framework.title;
}
