// What sslmode asks for, as the client takes it: one or two ways, tried one after the other. Source: the documentation of libpq, "SSL Support".

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressError, type Parameters } from './parameters.ts';

export interface Certificates {
  /** False: any certificate of the server will do. */
  readonly rejectUnauthorized: boolean;
  /** Undefined: the authorities that Node knows. */
  readonly ca?: string | undefined;
  readonly crl?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  readonly passphrase?: string | undefined;
  readonly minVersion?: TlsVersion | undefined;
  readonly maxVersion?: TlsVersion | undefined;
  /** Any name will do. */
  readonly checkServerIdentity?: (() => undefined) | undefined;
}

type TlsVersion = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';

export type Encryption = { readonly kind: 'none' } | { readonly kind: 'tls'; readonly isDirect: boolean; readonly certificates: Certificates };

const none: Encryption = { kind: 'none' };

/** A socket is never encrypted. */
export function encryptionsOf(host: string, parameters: Parameters, home: string): readonly Encryption[] {
  const isSystem = parameters.get('sslrootcert') === 'system';
  const mode = parameters.get('sslmode') || (isSystem ? 'verify-full' : 'prefer');
  const read = modes[mode];
  if (read === undefined) throw addressError('sslmode is none of disable, allow, prefer, require, verify-ca, verify-full');
  const isDirect = parameters.get('sslnegotiation') === 'direct';
  if (isDirect && !['require', 'verify-ca', 'verify-full'].includes(mode)) throw addressError('sslnegotiation=direct needs sslmode=require or more');
  if (isSystem && mode !== 'verify-full') throw addressError('sslrootcert=system needs sslmode=verify-full');
  if (host.startsWith('/')) return [none];
  const tls = (check: Check): Encryption => ({ kind: 'tls', isDirect, certificates: certificatesOf(check, parameters, home) });
  return read(tls);
}

/** `authority`: of the certificate alone · `name`: of the server too. */
type Check = 'nothing' | 'authority-if-known' | 'authority' | 'name';

const modes: Readonly<Record<string, (tls: (check: Check) => Encryption) => readonly Encryption[]>> = {
  disable: () => [none],
  allow: (tls) => [none, tls('nothing')],
  prefer: (tls) => [tls('nothing'), none],
  require: (tls) => [tls('authority-if-known')],
  'verify-ca': (tls) => [tls('authority')],
  'verify-full': (tls) => [tls('name')],
};

function certificatesOf(check: Check, parameters: Parameters, home: string): Certificates {
  const folder = join(home, '.postgresql');
  const authority = fileOf('sslrootcert', parameters, join(folder, 'root.crt'), check === 'authority' || check === 'name');
  const isChecked = check === 'authority' || check === 'name' || (check === 'authority-if-known' && authority !== undefined);
  const cert = fileOf('sslcert', parameters, join(folder, 'postgresql.crt'), false);
  return {
    rejectUnauthorized: isChecked,
    ...(isChecked && check !== 'name' ? { checkServerIdentity: () => undefined } : {}),
    ca: authority,
    crl: isChecked ? fileOf('sslcrl', parameters, join(folder, 'root.crl'), false) : undefined,
    cert,
    key: cert === undefined ? undefined : fileOf('sslkey', parameters, join(folder, 'postgresql.key'), true),
    passphrase: parameters.get('sslpassword'),
    minVersion: versionOf('ssl_min_protocol_version', parameters),
    maxVersion: versionOf('ssl_max_protocol_version', parameters),
  };
}

/** Undefined where there is none, which is an error where it `mustBe` there, or was named. */
function fileOf(name: string, parameters: Parameters, usual: string, mustBe: boolean): string | undefined {
  const named = parameters.get(name) || undefined;
  if (named === 'system') return undefined;
  if (named === undefined && !mustBe && !existsSync(usual)) return undefined;
  try {
    return readFileSync(named ?? usual, 'utf8');
  } catch {
    throw addressError(`${name}: the file ${named ?? usual} can't be read`);
  }
}

function versionOf(name: string, parameters: Parameters): TlsVersion | undefined {
  const text = parameters.get(name) || undefined;
  const version = versions.find((one) => one.toLowerCase() === text?.toLowerCase());
  if (text !== undefined && version === undefined) throw addressError(`${name} is none of ${versions.join(', ')}`);
  return version;
}

const versions = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;
