const RATE = 8000;

/** A recording of so many seconds: a tone whose pitch rises each second, 8 kHz mono. */
export function wav(seconds: number): Buffer {
  const samples = Buffer.alloc(RATE * seconds * 2);
  for (let nth = 0; nth < RATE * seconds; nth++) {
    const pitch = 200 + 10 * Math.floor(nth / RATE);
    samples.writeInt16LE(Math.round(3000 * Math.sin((2 * Math.PI * pitch * nth) / RATE)), nth * 2);
  }
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE(RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.length, 40);
  return Buffer.concat([header, samples]);
}
