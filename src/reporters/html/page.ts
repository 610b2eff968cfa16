// A page that needs nothing but itself: no script, no font, no image, and a policy that keeps browsers from loading any.

import { html, Markup } from './markup.ts';
import { style } from './style.ts';

export interface Page {
  readonly title: string;
  readonly content: readonly Markup[];
  /** Of pgmigrate-lint. */
  readonly version: string;
}

export function page({ title, content, version }: Page): string {
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main>
${content.filter(({ text }) => text !== '')}
</main>
<footer>pgmigrate-lint ${version}</footer>
</body>
</html>
`.text;
}
