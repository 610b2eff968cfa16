// Messages of PostgreSQL's protocol that are written here, and not by a client or a server.
// Source: the documentation of PostgreSQL, "Message Formats".

import { textAt, type Frame } from './frames.ts';

export function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 'latin1');
  head.writeInt32BE(4 + body.length, 1);
  return Buffer.concat([head, body]);
}

/** CopyInResponse: rows may come, as texts. How many columns they have, clients do not ask. */
export const copyIn: Buffer = message('G', Buffer.from([0, 0, 0]));

/** Of the server, before it ends a connection. */
export function fatal(code: string, why: string): Buffer {
  const fields = [`SFATAL`, `VFATAL`, `C${code}`, `M${why}`].map(zeroed);
  return message('E', Buffer.concat([...fields, Buffer.from([0])]));
}

/** The same message where the names of prepared statements have a suffix. */
export function withSuffix({ type, body, bytes }: Frame, suffix: string): Buffer {
  const start = type === 'P' ? 0 : type === 'B' ? textAt(body, 0).next : (type === 'D' || type === 'C') && body.toString('latin1', 0, 1) === 'S' ? 1 : undefined;
  if (type === undefined || start === undefined || suffix === '') return bytes;
  const { text, next } = textAt(body, start);
  return text === '' ? bytes : message(type, Buffer.concat([body.subarray(0, start), zeroed(`${text}${suffix}`), body.subarray(next)]));
}

/** Parse, of other SQL that takes no parameters. */
export function parsing({ body }: Frame, sql: string): Buffer {
  return message('P', Buffer.concat([zeroed(textAt(body, 0).text), zeroed(sql), Buffer.from([0, 0])]));
}

/** The ways to prove a password that a server offers, without those that are bound to an encrypted channel. */
export function withoutChannelBinding({ type, body, bytes }: Frame): Buffer {
  if (type !== 'R' || body.length < 4 || body.readInt32BE(0) !== AUTHENTICATION_SASL) return bytes;
  const ways = body.toString('latin1', 4).split('\0').filter((way) => way !== '' && !way.endsWith('-PLUS'));
  return message('R', Buffer.concat([body.subarray(0, 4), ...ways.map(zeroed), Buffer.from([0])]));
}

const AUTHENTICATION_SASL = 10;

function zeroed(text: string): Buffer {
  return Buffer.from(`${text}\0`);
}
