// DROP of a view or a function that running code may use.

import { isMeant, listSome, outcomeOf, overMigration, printName, type Act, type Catalog, type ChangeOf, type Timeline } from '../../src/rule/index.ts';

export default overMigration({
  id: 'dropped-view-or-function-in-use',
  category: 'compatibility',
  summary: 'An existing view, function or procedure is dropped, and the transaction does not make it anew',
  hazard: 'Running code that still reads the view or calls the function fails',
  remedy: 'First deploy code that does not use it; to change it, use CREATE OR REPLACE, or drop and make it in one transaction',
  severity: 'warning',
  since: '0.1.0',
  *check(timeline) {
    const end = timeline.steps.at(-1)?.after;
    for (const step of timeline.steps) {
      const used = step.acts.filter((act) => isUsed(act, timeline));
      const lost = used.filter((act) => !isThere(act, outcomeOf({ step, ...act }, timeline)));
      if (lost.length === 0 || end === undefined) continue;
      const until = lost.every((act) => isThere(act, end)) ? 'from here until this file has made it anew' : 'until it is deployed anew';
      yield { step, message: `Running code that still uses ${listSome(lost.map(printObject))} fails ${until}` };
    }
  },
});

function printObject({ change, before }: Act): string {
  if (change.kind === 'drop-view') return printName(before.qualify(change.view));
  return change.kind === 'drop-function' ? `${printName(before.creationName(change.function))}()` : '';
}

function isUsed({ change, before }: Act, timeline: Timeline): boolean {
  if (change.kind === 'drop-view') return before.isLive(change.view) && !before.isAbsent(change.view, change.ifExists);
  return change.kind === 'drop-function' && isFunctionUsed(change, before, timeline);
}

/** Nobody but triggers calls what returns one, and as long as they do, PostgreSQL refuses to drop it. */
function isFunctionUsed(change: ChangeOf<'drop-function'>, before: Catalog, timeline: Timeline): boolean {
  const overloads = before.function(change.function).filter((one) => isMeant(one, change.argumentTypes));
  if (overloads.length === 0) return mayBeThere(change, before) && !mayBeOfTrigger(change, timeline);
  return overloads.some(({ forTriggers, born }) => !forTriggers && born.statement < before.parts.newSince);
}

function mayBeThere({ ifExists }: ChangeOf<'drop-function'>, { parts }: Catalog): boolean {
  return !ifExists || parts.origin === 'unknown';
}

/** Of a function that history does not show: it has no arguments, and a trigger goes as well. */
function mayBeOfTrigger({ argumentTypes = [], cascade }: ChangeOf<'drop-function'>, { acts }: Timeline): boolean {
  return argumentTypes.length === 0 && (cascade || acts.has('drop-trigger'));
}

function isThere({ change, before }: Act, catalog: Catalog): boolean {
  if (change.kind === 'drop-view') return typeof catalog.find(before.qualify(change.view)) !== 'string';
  return change.kind === 'drop-function' && catalog.function(change.function).some((one) => takesAsMany(one, change));
}

/** What calls with an int may call with as many numeric. */
function takesAsMany(one: { readonly argumentTypes: readonly string[] }, { argumentTypes }: ChangeOf<'drop-function'>): boolean {
  return argumentTypes === undefined || one.argumentTypes.length === argumentTypes.length;
}
