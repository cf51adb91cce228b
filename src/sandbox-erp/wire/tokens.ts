import type { SqlServerError } from '../engine.ts';
import { ByteWriter } from './bytes.ts';
import { POLISH_CI_AS } from './windows-1250.ts';

/** What the server calls itself to every client, so that nobody takes it for the real thing. */
const PROGRAM_NAME = 'Kartoteka sandbox ERP (not SQL Server)';
const SERVER_NAME = 'KARTOTEKA-SANDBOX';

/** Drivers choose their dialect by it: as SQL Server 2022 would say. */
export const PROGRAM_VERSION = { major: 16, minor: 0, build: 1000 } as const;

const LONGEST_MESSAGE = 2047;

const Token = {
  returnStatus: 0x79,
  columns: 0x81,
  returnValue: 0xac,
  error: 0xaa,
  information: 0xab,
  loginAcknowledgement: 0xad,
  row: 0xd1,
  environment: 0xe3,
  done: 0xfd,
  doneProcedure: 0xfe,
  doneInProcedure: 0xff,
} as const;

export const ROW_TOKEN = Token.row;
export const COLUMNS_TOKEN = Token.columns;

export const DoneStatus = {
  more: 0x01,
  error: 0x02,
  inTransaction: 0x04,
  count: 0x10,
  attention: 0x20,
} as const;

const SELECT_COMMAND = 0xc1;

export interface Done {
  readonly status: number;
  readonly selected: boolean;
  readonly rowCount: number | null;
}

export const writeDone = (
  writer: ByteWriter,
  kind: 'done' | 'doneProcedure' | 'doneInProcedure',
  { status, selected, rowCount }: Done,
): void => {
  writer
    .uint8(Token[kind])
    .uint16(rowCount === null ? status : status | DoneStatus.count)
    .uint16(selected ? SELECT_COMMAND : 0)
    .uint64(BigInt(rowCount ?? 0));
};

/** Most tokens carry their own length, known only when their content is. */
const writeMeasured = (writer: ByteWriter, token: number, fill: (content: ByteWriter) => void): void => {
  const content = new ByteWriter();
  fill(content);
  writer.uint8(token).uint16(content.length).bytes(content.written);
};

interface Notice {
  readonly number: number;
  readonly state: number;
  readonly severity: number;
  readonly message: string;
  readonly line: number;
}

const writeNotice = (writer: ByteWriter, token: number, notice: Notice): void => {
  writeMeasured(writer, token, (content) => {
    content
      .int32(notice.number)
      .uint8(notice.state)
      .uint8(notice.severity)
      .longText(notice.message.slice(0, LONGEST_MESSAGE))
      .shortText(SERVER_NAME)
      .shortText('')
      .uint32(notice.line);
  });
};

export const writeError = (writer: ByteWriter, error: SqlServerError): void =>
  writeNotice(writer, Token.error, error);

const writeInformation = (writer: ByteWriter, number: number, state: number, message: string): void =>
  writeNotice(writer, Token.information, { number, state, severity: 0, message, line: 1 });

const EnvironmentText = { database: 1, language: 2, packetSize: 4 } as const;

const writeEnvironmentText = (
  writer: ByteWriter,
  what: keyof typeof EnvironmentText,
  current: string,
  previous: string,
): void => {
  writeMeasured(writer, Token.environment, (content) => {
    content.uint8(EnvironmentText[what]).shortText(current).shortText(previous);
  });
};

const EnvironmentBytes = { collation: 7, begun: 8, committed: 9, rolledBack: 10, reset: 18 } as const;

const writeEnvironmentBytes = (
  writer: ByteWriter,
  what: keyof typeof EnvironmentBytes,
  current: Uint8Array,
  previous: Uint8Array,
): void => {
  writeMeasured(writer, Token.environment, (content) => {
    content
      .uint8(EnvironmentBytes[what])
      .uint8(current.length)
      .bytes(current)
      .uint8(previous.length)
      .bytes(previous);
  });
};

const NOTHING = new Uint8Array();

export const writeTransactionBegun = (writer: ByteWriter, transaction: Uint8Array): void =>
  writeEnvironmentBytes(writer, 'begun', transaction, NOTHING);

export const writeTransactionEnded = (
  writer: ByteWriter,
  how: 'committed' | 'rolledBack',
  transaction: Uint8Array,
): void => writeEnvironmentBytes(writer, how, NOTHING, transaction);

export const writeReset = (writer: ByteWriter): void =>
  writeEnvironmentBytes(writer, 'reset', NOTHING, NOTHING);

const writeLoginAcknowledgement = (writer: ByteWriter, tdsVersion: number): void => {
  writeMeasured(writer, Token.loginAcknowledgement, (content) => {
    content.uint8(1).uint32BigEndian(tdsVersion).shortText(PROGRAM_NAME);
    content.uint8(PROGRAM_VERSION.major).uint8(PROGRAM_VERSION.minor).uint16BigEndian(PROGRAM_VERSION.build);
  });
};

export const writeReturnStatus = (writer: ByteWriter, status: number): void => {
  writer.uint8(Token.returnStatus).int32(status);
};

/** An int output parameter; procedures of the sandbox return nothing else. */
export const writeReturnValue = (writer: ByteWriter, ordinal: number, name: string, value: number): void => {
  const INT_N = 0x26;
  writer.uint8(Token.returnValue).uint16(ordinal).shortText(name).uint8(1);
  writer.uint32(0).uint16(1).uint8(INT_N).uint8(4).uint8(4).int32(value);
};

export const writeDatabaseChange = (writer: ByteWriter, database: string, previous: string): void => {
  writeEnvironmentText(writer, 'database', database, previous);
  writeInformation(writer, 5701, 2, `Changed database context to '${database}'.`);
};

const LANGUAGE = 'us_english';

/** What SQL Server tells a client that it let in, in its order. */
export const writeWelcome = (
  writer: ByteWriter,
  login: { readonly database: string; readonly tdsVersion: number; readonly packetSize: number },
  previousPacketSize: number,
): void => {
  writeDatabaseChange(writer, login.database, 'master');
  writeEnvironmentBytes(writer, 'collation', POLISH_CI_AS, NOTHING);
  writeEnvironmentText(writer, 'language', LANGUAGE, '');
  writeInformation(writer, 5703, 1, `Changed language setting to ${LANGUAGE}.`);
  writeLoginAcknowledgement(writer, login.tdsVersion);
  writeEnvironmentText(writer, 'packetSize', String(login.packetSize), String(previousPacketSize));
};
