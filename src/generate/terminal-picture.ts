// A picture of what a terminal shows, as SVG: for the README.

const lineHeight = 18;
const letterWidth = 8.02;
const margin = 16;

const colors: Readonly<Record<string, string>> = {
  '31': '#ff7b72',
  '32': '#7ee787',
  '33': '#e3b341',
  '34': '#79c0ff',
  '35': '#d2a8ff',
  '36': '#76e3ea',
  '90': '#8b949e',
};

interface Style {
  readonly fill: string;
  readonly bold: boolean;
  readonly dim: boolean;
}

const plain: Style = { fill: '#e6edf3', bold: false, dim: false };

/** `output` may hold the colours and weights of ANSI escape sequences; `columns` is how wide the terminal is. */
export function terminalPicture(command: string, output: string, columns: number): string {
  const lines = [`\u001b[90m$\u001b[39m ${command}`, '', ...output.trimEnd().split('\n')];
  const width = Math.ceil(columns * letterWidth + 2 * margin);
  const height = lines.length * lineHeight + 2 * margin;
  const rows = lines.map((line, index) => row(line, margin + (index + 0.75) * lineHeight));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>${escape(command)}</title>
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13.3">
${rows.join('\n')}
</g>
</svg>
`;
}

function row(line: string, y: number): string {
  let style = plain;
  let column = 0;
  const pieces: string[] = [];
  for (const part of line.split(/(\u001b\[[\d;]*m)/)) {
    const code = /^\u001b\[([\d;]*)m$/.exec(part)?.[1];
    if (code !== undefined) style = code.split(';').reduce(restyle, style);
    else {
      // Browsers leave out spaces at the start of a text, whatever it says of them.
      const words = part.trimStart();
      column += Array.from(part).length - Array.from(words).length;
      if (words !== '') pieces.push(span(words, margin + column * letterWidth, style));
      column += Array.from(words).length;
    }
  }
  return `<text y="${y}">${pieces.join('')}</text>`;
}

function restyle(style: Style, code: string): Style {
  if (code === '0' || code === '') return plain;
  if (code === '1') return { ...style, bold: true };
  if (code === '2') return { ...style, dim: true };
  if (code === '22') return { ...style, bold: false, dim: false };
  if (code === '39') return { ...style, fill: plain.fill };
  return { ...style, fill: colors[code] ?? style.fill };
}

function span(text: string, x: number, { fill, bold, dim }: Style): string {
  const weight = bold ? ' font-weight="bold"' : '';
  const opacity = dim ? ' opacity="0.65"' : '';
  return `<tspan x="${x.toFixed(1)}" fill="${fill}"${weight}${opacity}>${escape(text)}</tspan>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
