// A server on this machine that hands on what a migration command sends, and writes it down.

import { createServer, type Server, type Socket } from 'node:net';
import type { RecordedMessage } from './recording.ts';
import { Conversation } from './wire/conversation.ts';
import { Frames, type Frame } from './wire/frames.ts';
import type { Dial, Line } from './wire/line.ts';

export interface Proxy {
  readonly port: number;
  /** What was sent until now, in the order in which the server was done with it. */
  readonly messages: readonly RecordedMessage[];
  /** Ends all connections. */
  stop(): Promise<void>;
}

/** Codes in the place of a version. Source: the documentation of PostgreSQL, "Message Formats": SSLRequest, GSSENCRequest, CancelRequest. */
const requests = { tls: 80877103, gss: 80877104, cancel: 80877102 } as const;

/** On a port of the loopback interface that the system chooses. */
export async function startProxy(dial: Dial): Promise<Proxy> {
  const messages: RecordedMessage[] = [];
  const sockets = new Set<Socket>();
  let sessions = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    serve(socket, dial, (message) => messages.push(message), () => (sessions += 1));
  });
  const port = await listen(server);
  return {
    port,
    messages,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

/** A client that sends no protocol is let go. */
function serve(socket: Socket, dial: Dial, record: (message: RecordedMessage) => void, nextSession: () => number): void {
  const frames = new Frames('client');
  const answers = new Frames('server');
  let session: number | undefined;
  const conversation = new Conversation(({ sql, values, isJoined, error }) => {
    const more = { ...(values.length === 0 ? {} : { values: values.map((value) => value ?? null) }), ...(isJoined ? ({ joined: true } as const) : {}), ...(error === undefined ? {} : { error }) };
    record({ session: (session ??= nextSession()), sql, ...more });
  });
  let line: Line | undefined;
  const open = (): Line =>
    dial({
      onData: (bytes) => {
        for (const frame of answers.read(bytes)) conversation.fromServer(frame);
        socket.write(bytes);
      },
      onEnd: () => socket.end(),
    });
  const take = (frame: Frame): void => {
    if (frame.type !== undefined) conversation.fromClient(frame);
    else if (isRefused(frame, socket)) return;
    else frames.begin();
    (line ??= open()).send(frame.bytes);
  };
  socket.on('data', (chunk) => {
    try {
      for (const frame of frames.read(chunk)) take(frame);
    } catch {
      socket.destroy();
    }
  });
  socket.on('close', () => line?.close());
}

/** Encryption to this machine is declined, so that what is sent can be read; who wants to cancel is let go. */
function isRefused({ body }: Frame, socket: Socket): boolean {
  const code = body.length >= 4 ? body.readInt32BE(0) : 0;
  if (code === requests.tls || code === requests.gss) socket.write('N');
  if (code === requests.cancel) socket.end();
  return code === requests.tls || code === requests.gss || code === requests.cancel;
}
