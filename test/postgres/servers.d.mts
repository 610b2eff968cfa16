// The shape of servers.mjs.

import type { PostgresVersion } from '../../src/model/version.ts';

export interface Server {
  readonly port: number;
  /** Empty where the system has no sockets. */
  readonly socketFolder: string;
  /** As in `SHOW server_version`, for example `14.23`. */
  readonly version: string;
  readonly stop: () => Promise<void>;
}

export function withServer<T>(major: PostgresVersion, use: (server: Server) => Promise<T>): Promise<T>;
