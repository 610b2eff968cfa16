// Connections to a server on the network, or to its socket, for the clients of a proxy.

import { createConnection, type Socket } from 'node:net';
import * as tlsLayer from 'node:tls';
import type { Dial, Line, LineEvents } from './wire/line.ts';

/** Where the server is, and how it is reached. */
export interface ServerPlace {
  /** A name or an address, or the folder of a socket. */
  readonly host: string;
  readonly port: number;
  /** Undefined: nothing is encrypted. */
  readonly tls: { readonly rejectUnauthorized: boolean; readonly servername?: string | undefined; readonly ca?: string | undefined; readonly cert?: string | undefined; readonly key?: string | undefined } | undefined;
}

/** SSLRequest: its length, and its code in the place of a version. */
const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

export function serverLines(place: ServerPlace): Dial {
  return (events) => new ServerLine(place, events);
}

/** What is sent before the server is reached waits. */
class ServerLine implements Line {
  readonly #socket: Promise<Socket>;

  constructor(place: ServerPlace, { onData, onEnd }: LineEvents) {
    this.#socket = reach(place);
    this.#socket.then((socket) => socket.on('data', onData).on('close', onEnd).on('error', onEnd), onEnd);
  }

  send(bytes: Buffer): void {
    void this.#socket.then((socket) => socket.write(bytes), () => undefined);
  }

  close(): void {
    void this.#socket.then((socket) => socket.end(), () => undefined);
  }
}

async function reach({ host, port, tls }: ServerPlace): Promise<Socket> {
  const socket = host.startsWith('/') ? createConnection({ path: `${host}/.s.PGSQL.${port}` }) : createConnection({ host, port });
  await happens(socket, 'connect');
  if (tls === undefined) return socket;
  socket.write(sslRequest);
  const answer = await firstBytes(socket);
  if (answer.toString('latin1') !== 'S') throw new Error('the server does not encrypt');
  const encrypted = tlsLayer.connect({ socket, ...tls });
  await happens(encrypted, 'secureConnect');
  return encrypted;
}

function happens(socket: Socket, event: 'connect' | 'secureConnect'): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once(event, resolve).once('error', reject);
  });
}

function firstBytes(socket: Socket): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    socket.once('data', resolve).once('error', reject);
  });
}
