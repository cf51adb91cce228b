/** What the client sent is not TDS. The line is closed: nothing after it can be trusted to begin where it seems to. */
export class ProtocolViolation extends Error {
  override readonly name = 'ProtocolViolation';
}

/** Reads a received message. Whatever reaches past its end is a protocol violation, never undefined bytes. */
export class ByteReader {
  readonly #bytes: Buffer;
  #position = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get remaining(): number {
    return this.#bytes.length - this.#position;
  }

  take(length: number): Buffer {
    if (length > this.remaining)
      throw new ProtocolViolation(`${length} bytes wanted, ${this.remaining} left`);
    const start = this.#position;
    this.#position += length;
    return this.#bytes.subarray(start, this.#position);
  }

  /** Bytes at a place given by the message itself; the reading position stays. */
  at(offset: number, length: number): Buffer {
    if (offset + length > this.#bytes.length)
      throw new ProtocolViolation('an offset points past the message');
    return this.#bytes.subarray(offset, offset + length);
  }

  peek(): number {
    return this.at(this.#position, 1).readUInt8(0);
  }

  uint8(): number {
    return this.take(1).readUInt8(0);
  }

  uint16(): number {
    return this.take(2).readUInt16LE(0);
  }

  uint16BigEndian(): number {
    return this.take(2).readUInt16BE(0);
  }

  int32(): number {
    return this.take(4).readInt32LE(0);
  }

  uint32(): number {
    return this.take(4).readUInt32LE(0);
  }

  uint64(): bigint {
    return this.take(8).readBigUInt64LE(0);
  }

  characters(count: number): string {
    return this.take(count * 2).toString('utf16le');
  }
}

/** Builds what is sent. Grows as needed and can be used again after `clear`. */
export class ByteWriter {
  #bytes = Buffer.allocUnsafe(512);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** A view, valid until the next write. */
  get written(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  clear(): this {
    this.#length = 0;
    return this;
  }

  /** Reserves room and tells where it starts. */
  #grow(count: number): number {
    const start = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#length, this.#bytes.length * 2));
      this.#bytes.copy(larger, 0, 0, start);
      this.#bytes = larger;
    }
    return start;
  }

  uint8(value: number): this {
    const at = this.#grow(1);
    this.#bytes.writeUInt8(value, at);
    return this;
  }

  uint16(value: number): this {
    const at = this.#grow(2);
    this.#bytes.writeUInt16LE(value, at);
    return this;
  }

  uint16BigEndian(value: number): this {
    const at = this.#grow(2);
    this.#bytes.writeUInt16BE(value, at);
    return this;
  }

  /** Little endian, of one to six bytes. */
  unsigned(value: number, length: number): this {
    const at = this.#grow(length);
    this.#bytes.writeUIntLE(value, at, length);
    return this;
  }

  int32(value: number): this {
    const at = this.#grow(4);
    this.#bytes.writeInt32LE(value, at);
    return this;
  }

  uint32(value: number): this {
    const at = this.#grow(4);
    this.#bytes.writeUInt32LE(value, at);
    return this;
  }

  uint32BigEndian(value: number): this {
    const at = this.#grow(4);
    this.#bytes.writeUInt32BE(value, at);
    return this;
  }

  uint64(value: bigint): this {
    const at = this.#grow(8);
    this.#bytes.writeBigUInt64LE(value, at);
    return this;
  }

  float(value: number, length: 4 | 8): this {
    const at = this.#grow(length);
    if (length === 4) this.#bytes.writeFloatLE(value, at);
    else this.#bytes.writeDoubleLE(value, at);
    return this;
  }

  bytes(value: Uint8Array): this {
    const at = this.#grow(value.length);
    this.#bytes.set(value, at);
    return this;
  }

  /** Characters after their count in one byte. */
  shortText(value: string): this {
    return this.uint8(value.length).bytes(Buffer.from(value, 'utf16le'));
  }

  /** Characters after their count in two bytes. */
  longText(value: string): this {
    return this.uint16(value.length).bytes(Buffer.from(value, 'utf16le'));
  }
}
