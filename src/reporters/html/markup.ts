// HTML in which other people's text is text: what is put into a template is escaped, unless it is such HTML itself.

import { visible } from '../../text/visible.ts';

/** Well-formed as XML as well. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Piece = string | number | Markup | readonly Markup[];

export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  return new Markup(strings.reduce((text, string, index) => text + textOf(pieces[index - 1] ?? '') + string));
}

function textOf(piece: Piece): string {
  if (piece instanceof Markup) return piece.text;
  return typeof piece === 'object' ? piece.map(({ text }) => text).join('\n') : escaped(String(piece));
}

/** In running text and in attributes between double quotes. */
function escaped(text: string): string {
  return visible(text).replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const nothing: Markup = new Markup('');
