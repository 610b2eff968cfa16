// The body of a comment: the line by which it is known, the text within the room that there is, and what is remembered.

/** By its first line a comment is known to be ours, and to be that of this check. `key`: letters and digits. */
export function markerOf(key: string): string {
  return `<!-- pgmigrate-lint ${key} -->`;
}

/** `room`: characters that the forge takes. */
export function bodyOf(marker: string, text: string, hidden: string, room: number): string {
  const left = room - marker.length - hidden.length - '\n\n\n'.length;
  return `${marker}\n${within(withoutCommands(text.trimEnd()), left)}\n\n${hidden}`;
}

/**
 * GitLab, and bots on GitHub, obey a line that begins so, also in code whose fence they don't know for one. A space in front changes no SQL.
 * Source: lib/gitlab/quick_actions/extractor.rb of GitLab, which takes no fence of more than three backticks for code.
 */
function withoutCommands(text: string): string {
  return text.replace(/^\/(?=[a-z_])/gim, ' /');
}

const REST = '\n\nThe rest does not fit in here; `pgmigrate-lint` prints all.';

/** As many lines as fit in, with what they leave open closed behind them. */
function within(text: string, room: number): string {
  if (text.length <= room) return text;
  const lines: string[] = [];
  let [length, open, closers] = [0, nothingOpen, ''];
  for (const line of text.split('\n')) {
    const next = openBehind(line, open);
    const end = closersOf(next);
    if (length + line.length + 1 + end.length + REST.length > room) break;
    [length, open, closers] = [length + line.length + 1, next, end];
    lines.push(line);
  }
  return lines.join('\n') + closers + REST;
}

interface Open {
  /** The backticks of a fence; empty outside of code. */
  readonly fence: string;
  /** How many blocks are folded around the line. */
  readonly details: number;
}

const nothingOpen: Open = { fence: '', details: 0 };

function openBehind(line: string, { fence, details }: Open): Open {
  const [, ticks = '', info = ''] = /^(`{3,})(.*)$/.exec(line) ?? [];
  if (fence !== '') return { fence: ticks.length >= fence.length && info === '' ? '' : fence, details };
  if (ticks !== '') return { fence: ticks, details };
  return { fence, details: details + (line === '<details>' ? 1 : 0) - (line === '</details>' ? 1 : 0) };
}

function closersOf({ fence, details }: Open): string {
  return (fence === '' ? '' : `\n${fence}`) + '\n\n</details>'.repeat(details);
}
