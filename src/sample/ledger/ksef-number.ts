/** A KSeF number: the seller's NIP, the day, twelve hexadecimal digits, and a CRC-8 (polynomial 0x07) over the 32 characters. */
export function ksefNumber(sellerTaxId: string, day: string, serial: string): string {
  const body = `${sellerTaxId}-${day.replaceAll('-', '')}-${serial.toUpperCase()}`;
  return `${body}-${crc8(body).toString(16).toUpperCase().padStart(2, '0')}`;
}

function crc8(text: string): number {
  let crc = 0;
  for (const byte of Buffer.from(text, 'ascii')) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 0x80) === 0 ? crc << 1 : ((crc << 1) ^ 0x07) & 0xff;
  }
  return crc;
}
