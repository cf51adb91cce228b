import { ByteReader, ByteWriter, ProtocolViolation } from './bytes.ts';
import { PROGRAM_VERSION } from './tokens.ts';

const TDS_7_3_B = 0x730b0003;
const TDS_7_4 = 0x74000004;

const PreloginOption = {
  version: 0x00,
  encryption: 0x01,
  instance: 0x02,
  thread: 0x03,
  mars: 0x04,
  end: 0xff,
} as const;
const ENCRYPTION_NOT_SUPPORTED = 0x02;

/** Walks the client's options only to see that they are well formed: whatever it asks for, the answer is the same. */
export const checkPrelogin = (payload: Buffer): void => {
  const reader = new ByteReader(payload);
  while (reader.uint8() !== PreloginOption.end) {
    const offset = reader.uint16BigEndian();
    reader.at(offset, reader.uint16BigEndian());
  }
};

/** The same version as at login; no encryption, said plainly; one request at a time. */
export const preloginAnswer = (): Buffer => {
  const version = new ByteWriter().uint8(PROGRAM_VERSION.major).uint8(PROGRAM_VERSION.minor);
  version.uint16BigEndian(PROGRAM_VERSION.build).uint16(0);
  const options: readonly (readonly [number, Uint8Array])[] = [
    [PreloginOption.version, version.written],
    [PreloginOption.encryption, Uint8Array.of(ENCRYPTION_NOT_SUPPORTED)],
    [PreloginOption.instance, Uint8Array.of(0)],
    [PreloginOption.thread, new Uint8Array()],
    [PreloginOption.mars, Uint8Array.of(0)],
  ];
  const answer = new ByteWriter();
  let offset = options.length * 5 + 1;
  for (const [option, value] of options) {
    answer.uint8(option).uint16BigEndian(offset).uint16BigEndian(value.length);
    offset += value.length;
  }
  answer.uint8(PreloginOption.end);
  for (const [, value] of options) answer.bytes(value);
  return answer.written;
};

export interface Login {
  readonly user: string;
  readonly password: string;
  /** '' where the client named none. */
  readonly database: string;
  readonly packetSize: number;
  readonly integrated: boolean;
  /** Null where it is older than what the sandbox speaks. */
  readonly tdsVersion: number | null;
}

const FIXED_PART = {
  tdsVersion: 4,
  packetSize: 8,
  optionFlags2: 25,
  user: 40,
  password: 44,
  database: 68,
} as const;
const INTEGRATED_SECURITY = 0x80;

/** Each byte's halves are swapped, then combined with 0xA5: no secret, only not legible at a glance. */
const revealPassword = (obfuscated: Buffer): string => {
  const bytes = Buffer.from(obfuscated);
  bytes.forEach((byte, index) => {
    const mixed = byte ^ 0xa5;
    bytes[index] = ((mixed << 4) | (mixed >> 4)) & 0xff;
  });
  return bytes.toString('utf16le');
};

const negotiatedVersion = (wanted: number): number | null => {
  if (wanted >= TDS_7_4) return TDS_7_4;
  return wanted >= TDS_7_3_B ? TDS_7_3_B : null;
};

const SMALLEST_PACKET = 512;
const LARGEST_PACKET = 32_767;

export const readLogin = (payload: Buffer, defaultPacketSize: number): Login => {
  const reader = new ByteReader(payload);
  const uint32 = (offset: number): number => reader.at(offset, 4).readUInt32LE(0);
  const variable = (place: number): Buffer => {
    const reference = reader.at(place, 4);
    return reader.at(reference.readUInt16LE(0), reference.readUInt16LE(2) * 2);
  };
  if (uint32(0) !== payload.length) throw new ProtocolViolation('a login of another length than it says');
  const packetSize = uint32(FIXED_PART.packetSize);
  return {
    user: variable(FIXED_PART.user).toString('utf16le'),
    password: revealPassword(variable(FIXED_PART.password)),
    database: variable(FIXED_PART.database).toString('utf16le'),
    packetSize:
      packetSize === 0 ? defaultPacketSize : Math.min(Math.max(packetSize, SMALLEST_PACKET), LARGEST_PACKET),
    integrated: (reader.at(FIXED_PART.optionFlags2, 1).readUInt8(0) & INTEGRATED_SECURITY) !== 0,
    tdsVersion: negotiatedVersion(uint32(FIXED_PART.tdsVersion)),
  };
};
