// What init would write, and how it is agreed to: by somebody at a terminal, by --yes, or not at all.

import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { UserError } from '../../model/user-error.ts';
import { toSlashes } from '../../sources/disk/expand.ts';
import { visible } from '../../text/visible.ts';
import { deliver } from '../deliver.ts';
import type { Terminal } from '../terminal.ts';

export interface Offer {
  /** Absolute. */
  readonly file: string;
  readonly purpose: string;
  /** All of the file; what is there already is in it, or goes. */
  readonly text: string;
  /** What is there already stays, and something is added. */
  readonly isAddition: boolean;
  readonly isExecutable: boolean;
  /** Why it is more than the project's own: --yes is no leave to write it. */
  readonly reason: string | undefined;
}

/** `ask`: somebody answers · `agree`: --yes · `tell`: nothing is written. */
export type Consent = 'ask' | 'agree' | 'tell';

/** True where the file is as it is offered in the end. */
export async function settle(offer: Offer, consent: Consent, terminal: Terminal): Promise<boolean> {
  const { out, cwd } = terminal;
  const name = visible(toSlashes(relative(cwd, offer.file)));
  const isThere = existsSync(offer.file);
  if (isThere && readFileSync(offer.file, 'utf8') === offer.text) {
    out(`${name} is as it would be written\n`);
    return true;
  }
  const isOverwritten = isThere && !offer.isAddition;
  if (consent !== 'ask' && isOverwritten) return no(`${name} is there already, and stays as it is`, terminal);
  if (consent === 'tell') return no(`${isThere ? 'would add to' : 'would write'} ${name}: ${described(offer)}`, terminal);
  if (consent === 'agree' && offer.reason !== undefined) {
    return no(`${name} is not written: ${offer.reason}; run init without --yes to be asked, or write it by hand`, terminal);
  }
  if (consent === 'ask' && !(await isAgreed(offer, isOverwritten, name, terminal))) return no(`${name} is not written`, terminal);
  write(offer, terminal);
  out(`${name} ${isThere && offer.isAddition ? 'added to' : 'written'}: ${offer.purpose}\n`);
  return true;
}

function no(sentence: string, { out }: Terminal): false {
  out(`${sentence}\n`);
  return false;
}

function described({ purpose, reason }: Offer): string {
  return reason === undefined ? purpose : `${purpose}; ${reason}`;
}

/** What takes something away, or reaches beyond the project, needs a yes. */
async function isAgreed(offer: Offer, isOverwritten: boolean, name: string, { ask }: Terminal): Promise<boolean> {
  const verb = isOverwritten ? 'Overwrite' : existsSync(offer.file) ? 'Add to' : 'Write';
  const needsYes = isOverwritten || offer.reason !== undefined;
  const answer = await ask?.(`${verb} ${name} (${visible(described(offer))})? ${needsYes ? '[y/N]' : '[Y/n]'} `);
  return (needsYes ? /^\s*y(?:es)?\s*$/i : /^\s*(?:y(?:es)?)?\s*$/i).test(answer ?? 'no');
}

function write({ file, text, isExecutable }: Offer, terminal: Terminal): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (error) {
    throw new UserError(`"${dirname(file)}" can't be made: ${error instanceof Error ? error.message : String(error)}`);
  }
  deliver(text, file, terminal);
  if (isExecutable) chmodSync(file, 0o755);
}
