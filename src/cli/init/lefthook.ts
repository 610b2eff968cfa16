// The command that lefthook runs before a commit. Source: lefthook.dev, "Configuration".

import { insertYaml } from '../../config/insert-yaml.ts';
import { isVisible, visibleJson } from '../../text/visible.ts';
import { hookCommand } from './hook.ts';

/** What a person adds by hand, to YAML. */
export function lefthookEntry(directory: string): readonly string[] {
  return ['pre-commit:', '  commands:', '    pgmigrate-lint:', `      run: ${run(directory)}`];
}

/** The configuration with the command in it, among jobs where it has jobs; undefined where that can't be added to what is there. */
export function addedToLefthook(text: string, name: string, directory: string): string | undefined {
  if (name.endsWith('.json')) return undefined;
  if (name.endsWith('.toml')) return /^\s*(?:\[\[pre-commit\b|pre-commit\s*=|commands\s*=)/m.test(text) ? undefined : `${text.trimEnd()}\n\n${table(directory)}`;
  const command = ['pgmigrate-lint:', `  run: ${run(directory)}`];
  const hasJobs = /^pre-commit:(?:\n+[ \t#].*)*?\n[ \t]+jobs:/m.test(text);
  return hasJobs
    ? insertYaml(text, ['pre-commit', 'jobs'], ['- name: pgmigrate-lint', `  run: ${run(directory)}`])
    : insertYaml(text, ['pre-commit', 'commands'], command);
}

function table(directory: string): string {
  return `[pre-commit.commands.pgmigrate-lint]\nrun = ${visibleJson(JSON.stringify(hookCommand(directory)))}\n`;
}

/** A path with a colon, a hash or a quote would be something else in YAML. */
function run(directory: string): string {
  const command = hookCommand(directory);
  return /[:#"{}[\]]/.test(directory) || !isVisible(directory) ? visibleJson(JSON.stringify(command)) : command;
}
