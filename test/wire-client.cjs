// A client that speaks PostgreSQL's protocol message by message, for commands that tests record. `serialize` of pg-protocol writes what it sends.

const { connect } = require('node:net');
const sasl = require('pg/lib/crypto/sasl');
const { parse, serialize } = require('pg-protocol');

/** On a connection of its own, by the variables of libpq. `ready(bytes)` sends, and waits until the server is ready: the names of its answers, or what it complains of. */
exports.open = async () => {
  const { PGHOST, PGPORT, PGUSER, PGDATABASE, PGPASSWORD } = process.env;
  const socket = connect(Number(PGPORT), PGHOST);
  const heard = [];
  const waiting = [];
  const wake = () => waiting.splice(0).forEach((resolve) => resolve());
  socket.on('close', () => {
    heard.push('closed');
    wake();
  });
  parse(socket, (message) => {
    if (message.name.startsWith('authenticationSASL')) return void prove(message);
    heard.push(message.name === 'error' ? `${message.code} ${message.message}` : message.name);
    wake();
  });
  let session;
  const prove = async ({ name, mechanisms, data }) => {
    if (name === 'authenticationSASL') {
      session = sasl.startSession(mechanisms);
      socket.write(serialize.sendSASLInitialResponseMessage(session.mechanism, session.response));
    } else if (name === 'authenticationSASLContinue') {
      await sasl.continueSession(session, PGPASSWORD, data);
      socket.write(serialize.sendSCRAMClientFinalMessage(session.response));
    }
  };
  const until = async (...names) => {
    const from = heard.length;
    while (!heard.slice(from).some((name) => names.includes(name) || name === 'closed')) await new Promise((resolve) => waiting.push(resolve));
    return heard.slice(from);
  };
  const ready = (...bytes) => {
    const answers = until('readyForQuery');
    socket.write(Buffer.concat(bytes));
    return answers;
  };
  const greeted = await ready(serialize.startup({ user: PGUSER, database: PGDATABASE }));
  return { greeted, ready, send: (...bytes) => socket.write(Buffer.concat(bytes)), until, end: () => new Promise((resolve) => socket.on('close', resolve).end(serialize.end())) };
};

/** Parse, Bind and Execute of a statement without parameters. */
exports.statement = (text, name = '') => Buffer.concat([serialize.parse({ text, name }), serialize.bind({ statement: name }), serialize.execute()]);

exports.serialize = serialize;
