// The parameters of a connection that libpq knows, and what of them a trace can keep.
// Source: PQconninfoOptions in src/interfaces/libpq/fe-connect.c.

import { UserError } from '../../model/user-error.ts';

/** By name; what is not in it is not given. */
export type Parameters = ReadonlyMap<string, string>;

/** Each with the variable of the environment that stands in for it; undefined where there is none. */
const variables = {
  service: 'PGSERVICE',
  servicefile: 'PGSERVICEFILE',
  user: 'PGUSER',
  password: 'PGPASSWORD',
  passfile: 'PGPASSFILE',
  channel_binding: 'PGCHANNELBINDING',
  connect_timeout: 'PGCONNECT_TIMEOUT',
  dbname: 'PGDATABASE',
  host: 'PGHOST',
  hostaddr: 'PGHOSTADDR',
  port: 'PGPORT',
  client_encoding: 'PGCLIENTENCODING',
  options: 'PGOPTIONS',
  application_name: 'PGAPPNAME',
  fallback_application_name: undefined,
  keepalives: undefined,
  keepalives_idle: undefined,
  keepalives_interval: undefined,
  keepalives_count: undefined,
  tcp_user_timeout: undefined,
  sslmode: 'PGSSLMODE',
  sslnegotiation: 'PGSSLNEGOTIATION',
  sslcompression: 'PGSSLCOMPRESSION',
  sslcert: 'PGSSLCERT',
  sslkey: 'PGSSLKEY',
  sslcertmode: 'PGSSLCERTMODE',
  sslpassword: undefined,
  sslrootcert: 'PGSSLROOTCERT',
  sslcrl: 'PGSSLCRL',
  sslcrldir: 'PGSSLCRLDIR',
  sslsni: 'PGSSLSNI',
  sslkeylogfile: undefined,
  requirepeer: 'PGREQUIREPEER',
  require_auth: 'PGREQUIREAUTH',
  min_protocol_version: 'PGMINPROTOCOLVERSION',
  max_protocol_version: 'PGMAXPROTOCOLVERSION',
  ssl_min_protocol_version: 'PGSSLMINPROTOCOLVERSION',
  ssl_max_protocol_version: 'PGSSLMAXPROTOCOLVERSION',
  gssencmode: 'PGGSSENCMODE',
  krbsrvname: 'PGKRBSRVNAME',
  gsslib: 'PGGSSLIB',
  gssdelegation: 'PGGSSDELEGATION',
  replication: undefined,
  target_session_attrs: 'PGTARGETSESSIONATTRS',
  load_balance_hosts: 'PGLOADBALANCEHOSTS',
  scram_client_key: undefined,
  scram_server_key: undefined,
  oauth_issuer: undefined,
  oauth_client_id: undefined,
  oauth_client_secret: undefined,
  oauth_scope: undefined,
} as const satisfies Readonly<Record<string, string | undefined>>;

type Environment = Readonly<Record<string, string | undefined>>;

export function isParameter(name: string): boolean {
  return Object.hasOwn(variables, name);
}

/** A variable that is set to nothing counts, as it does for libpq. */
export function environmentParameters(env: Environment): Parameters {
  return new Map(
    Object.entries(variables).flatMap(([name, variable]) => {
      const value = variable === undefined ? undefined : env[variable];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/** Throws a `UserError` for what would make the connection another one than libpq's, if it were left out. */
export function refuseUnkept(parameters: Parameters): void {
  for (const [name, isKept] of Object.entries(kept)) {
    const value = parameters.get(name);
    if (value !== undefined && value !== '' && !isKept(value)) throw addressError(`trace can't keep what ${name} asks for; leave it out`);
  }
}

const isOff = (value: string): boolean => /^(?:0|f|false|n|no|of|off)$/i.test(value);
const never = (): boolean => false;

/** Which values the client that we use can keep; of all other parameters, any. */
const kept: Readonly<Record<string, (value: string) => boolean>> = {
  replication: isOff,
  gssencmode: (value) => value !== 'require',
  channel_binding: (value) => value !== 'require',
  sslcertmode: (value) => value !== 'require',
  requirepeer: never,
  require_auth: never,
  sslcrldir: never,
  sslkeylogfile: never,
  scram_client_key: never,
  scram_server_key: never,
  oauth_issuer: never,
  oauth_client_id: never,
  oauth_client_secret: never,
  oauth_scope: never,
};

/** Says where the mistake is, and nothing of what stands there: it may be a password. */
export function addressError(message: string): UserError {
  return new UserError(`--database-url: ${message}`);
}

/** A name that nobody knows may be a piece of a password that was not quoted, so it is not shown. */
export function unknownParameter(): UserError {
  return addressError('it has a parameter that libpq does not know; write what is no name of a parameter in quotes, or percent-encoded in a URL');
}
