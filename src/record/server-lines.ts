// Connections to a server on the network, or to its socket, for the clients of a proxy.

import { createConnection, type Socket } from 'node:net';
import * as tlsLayer from 'node:tls';
import type { SecureContextOptions } from 'node:tls';
import { Frames } from './wire/frames.ts';
import type { Dial, Line, LineEvents } from './wire/line.ts';
import { withoutChannelBinding } from './wire/written.ts';

/** Where the server is, and how it is reached. */
export interface ServerPlace {
  /** A name or an address, or the folder of a socket. */
  readonly host: string;
  readonly port: number;
  /** Undefined: nothing is encrypted. */
  readonly tls: Encryption | undefined;
}

/** As Node takes it, and whether TLS begins without asking. */
interface Encryption extends SecureContextOptions {
  readonly rejectUnauthorized: boolean;
  readonly servername?: string | undefined;
  readonly checkServerIdentity?: (() => undefined) | undefined;
  readonly isDirect: boolean;
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
    const hear = place.tls ? unbound(onData) : onData;
    this.#socket.then((socket) => socket.on('data', hear).on('close', onEnd).on('error', onEnd), onEnd);
  }

  send(bytes: Buffer): void {
    void this.#socket.then((socket) => socket.write(bytes), () => undefined);
  }

  close(): void {
    void this.#socket.then((socket) => socket.end(), () => undefined);
  }
}

/** A client that does not encrypt can't be bound to a channel that is encrypted, and libpq goes no further where it is offered that. */
function unbound(onData: LineEvents['onData']): LineEvents['onData'] {
  const frames = new Frames('server');
  return (chunk) => onData(Buffer.concat([...frames.read(chunk)].map(withoutChannelBinding)));
}

async function reach({ host, port, tls }: ServerPlace): Promise<Socket> {
  const socket = host.startsWith('/') ? createConnection({ path: `${host}/.s.PGSQL.${port}` }) : createConnection({ host, port });
  await happens(socket, 'connect');
  if (tls === undefined) return socket;
  const { isDirect, ...options } = tls;
  if (!isDirect) {
    socket.write(sslRequest);
    const answer = await firstBytes(socket);
    if (answer.toString('latin1') !== 'S') throw new Error('the server does not encrypt');
  }
  const encrypted = tlsLayer.connect({ socket, host, ...options, ...(isDirect ? { ALPNProtocols: ['postgresql'] } : {}) });
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
