import type { Socket } from 'node:net';
import { DEFAULT_PACKET_SIZE, HEADER_LENGTH, PacketStatus, PacketType } from './packets.ts';

/** Splits answers into packets of the agreed size and hands each on as soon as it is full. */
export class PacketWriter {
  packetSize = DEFAULT_PACKET_SIZE;
  readonly #socket: Socket;
  readonly #connectionNumber: number;
  #packet: Buffer | undefined;
  #filled = HEADER_LENGTH;
  #sequence = 0;
  #cut = false;

  constructor(socket: Socket, connectionNumber: number) {
    this.#socket = socket;
    this.#connectionNumber = connectionNumber;
  }

  write(bytes: Buffer): void {
    let taken = 0;
    while (taken < bytes.length) {
      // A full packet waits for a successor: the last one of a message must carry its end, and may not be empty.
      if (this.#packet !== undefined && this.#filled === this.#packet.length) this.#send(this.#packet, 0);
      this.#packet ??= Buffer.allocUnsafe(this.packetSize);
      const copied = bytes.copy(this.#packet, this.#filled, taken);
      this.#filled += copied;
      taken += copied;
    }
  }

  endMessage(): void {
    this.#send(this.#packet ?? Buffer.allocUnsafe(HEADER_LENGTH), PacketStatus.endOfMessage);
    this.#sequence = 0;
  }

  /** What is written so far goes out, then the line is dead and swallows whatever follows. */
  cut(): void {
    if (this.#cut) return;
    if (this.#packet !== undefined) this.#send(this.#packet, 0);
    this.#cut = true;
    this.#socket.destroySoon();
  }

  dropUnsent(): void {
    this.#packet = undefined;
    this.#filled = HEADER_LENGTH;
  }

  /** Resolves when the client has read enough for more to be worth producing, or is gone. */
  async room(): Promise<void> {
    if (this.#socket.destroyed || !this.#socket.writableNeedDrain) return;
    await new Promise<void>((resolve) => {
      const settle = (): void => {
        this.#socket.off('drain', settle).off('close', settle);
        resolve();
      };
      this.#socket.on('drain', settle).on('close', settle);
    });
  }

  #send(packet: Buffer, status: number): void {
    const length = this.#filled;
    this.dropUnsent();
    this.#sequence = (this.#sequence + 1) & 0xff;
    packet.writeUInt8(PacketType.answer, 0);
    packet.writeUInt8(status, 1);
    packet.writeUInt16BE(length, 2);
    packet.writeUInt16BE(this.#connectionNumber & 0xffff, 4);
    packet.writeUInt8(this.#sequence, 6);
    packet.writeUInt8(0, 7);
    if (!this.#cut && this.#socket.writable) this.#socket.write(packet.subarray(0, length));
  }
}
