import { ProtocolViolation } from './bytes.ts';

export const HEADER_LENGTH = 8;
export const DEFAULT_PACKET_SIZE = 4096;
const LARGEST_PACKET = 32_768;

export const PacketType = {
  batch: 0x01,
  remoteCall: 0x03,
  answer: 0x04,
  attention: 0x06,
  transaction: 0x0e,
  login: 0x10,
  prelogin: 0x12,
} as const;

export const PacketStatus = {
  endOfMessage: 0x01,
  ignore: 0x02,
  reset: 0x08,
  resetKeepingTransaction: 0x10,
} as const;

const RECEIVED_TYPES: ReadonlySet<number> = new Set([
  PacketType.batch,
  PacketType.remoteCall,
  PacketType.attention,
  PacketType.transaction,
  PacketType.login,
  PacketType.prelogin,
]);

/** One whole request, however many packets and network reads it came in. */
export interface Message {
  readonly type: number;
  readonly payload: Buffer;
  /** The client gave the request up before it had sent all of it. */
  readonly ignored: boolean;
  readonly reset: boolean;
  readonly resetKeepingTransaction: boolean;
}

/** Puts messages together from whatever pieces the network hands over. */
export class PacketAssembler {
  /** Nobody needs more before having logged in, and a stranger must not fill the memory. */
  largestMessage = 65_536;
  #pending: Buffer = Buffer.alloc(0);
  #parts: Buffer[] = [];
  #length = 0;
  #firstStatus = 0;
  #type: number | undefined;

  *push(chunk: Buffer): Generator<Message> {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    // Looked at from its first byte on: who speaks another protocol may wait for an answer after fewer than eight.
    for (let length = this.#checkedLength(); this.#pending.length >= length; length = this.#checkedLength()) {
      const status = this.#pending.readUInt8(1);
      this.#add(this.#pending.subarray(HEADER_LENGTH, length), status);
      this.#pending = this.#pending.subarray(length);
      if ((status & PacketStatus.endOfMessage) !== 0) yield this.#finish(status);
    }
  }

  /** Of the packet that has begun to arrive; a header's at least, while that is not complete. */
  #checkedLength(): number {
    if (this.#pending.length === 0) return HEADER_LENGTH;
    const type = this.#pending.readUInt8(0);
    if (!RECEIVED_TYPES.has(type)) throw new ProtocolViolation(`packet type ${type}`);
    if (this.#type !== undefined && this.#type !== type) {
      throw new ProtocolViolation(`packet type ${type} inside a message of type ${this.#type}`);
    }
    if (this.#pending.length < HEADER_LENGTH) return HEADER_LENGTH;
    const length = this.#pending.readUInt16BE(2);
    if (length < HEADER_LENGTH || length > LARGEST_PACKET)
      throw new ProtocolViolation(`packet of ${length} bytes`);
    this.#type = type;
    return length;
  }

  #add(part: Buffer, status: number): void {
    if (this.#parts.length === 0) this.#firstStatus = status;
    this.#length += part.length;
    if (this.#length > this.largestMessage)
      throw new ProtocolViolation(`message over ${this.largestMessage} bytes`);
    this.#parts.push(part);
  }

  #finish(lastStatus: number): Message {
    const message: Message = {
      type: this.#type ?? 0,
      payload: Buffer.concat(this.#parts),
      ignored: (lastStatus & PacketStatus.ignore) !== 0,
      reset: (this.#firstStatus & PacketStatus.reset) !== 0,
      resetKeepingTransaction: (this.#firstStatus & PacketStatus.resetKeepingTransaction) !== 0,
    };
    this.#parts = [];
    this.#length = 0;
    this.#type = undefined;
    return message;
  }
}
