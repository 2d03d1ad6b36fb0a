import {
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  Mp4OutputFormat,
  Output,
  WebMOutputFormat,
} from 'mediabunny';
import type { OutputFormat } from 'mediabunny';

/** What stands in every packet of a second of a recording, so that a test sees which seconds are in a slice. */
function markOf(second: number): string {
  return `<second ${String(second).padStart(4, '0')}>`;
}

/** Which seconds of a recording have left traces in these bytes. */
export function secondsIn(bytes: Buffer): number[] {
  const found = bytes.toString('latin1').matchAll(/<second (\d{4})>/g);
  return [...new Set([...found].map(([, second]) => Number(second)))].toSorted((a, b) => a - b);
}

/** PCM, 8 kHz, mono, 16 bits. */
export function wav(seconds: number): Buffer {
  const rate = 16_000;
  const data = Buffer.concat(
    Array.from({ length: seconds }, (_, second) => Buffer.alloc(rate, markOf(second).padEnd(16, ' '))),
  );
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(rate, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}

/** MPEG 1 layer III frames of 128 kbit/s at 44.1 kHz: 417 bytes each, 1152 samples. */
export function mp3(seconds: number): Buffer {
  const frames = Math.ceil((seconds * 44_100) / 1152);
  return Buffer.concat(
    Array.from({ length: frames }, (_, i) => {
      const frame = Buffer.alloc(417, 0);
      frame.set([0xff, 0xfb, 0x90, 0xc0]);
      frame.write(markOf(Math.floor((i * 1152) / 44_100)), 40);
      return frame;
    }),
  );
}

export function mp4(seconds: number): Promise<Buffer> {
  const config = {
    codec: 'mp4a.40.2',
    sampleRate: 48_000,
    numberOfChannels: 2,
    description: Uint8Array.of(0x11, 0x90),
  };
  return muxed(new Mp4OutputFormat(), 'aac', config, seconds, 0);
}

/** Sound and pictures; a whole picture comes every `keyEvery` seconds. */
export function webm(seconds: number, keyEvery: number): Promise<Buffer> {
  const config = { codec: 'opus', sampleRate: 48_000, numberOfChannels: 1 };
  return muxed(new WebMOutputFormat(), 'opus', config, seconds, keyEvery);
}

const STEP = 0.1;

async function muxed(
  format: OutputFormat,
  codec: 'aac' | 'opus',
  decoderConfig: AudioDecoderConfig,
  seconds: number,
  keyEvery: number,
): Promise<Buffer> {
  const target = new BufferTarget();
  const output = new Output({ format, target });
  const sound = new EncodedAudioPacketSource(codec);
  const picture = new EncodedVideoPacketSource('vp8');
  output.addAudioTrack(sound);
  if (keyEvery > 0) output.addVideoTrack(picture);
  await output.start();
  const size = { codec: 'vp8', codedWidth: 320, codedHeight: 180 };
  for (let i = 0; i < seconds / STEP; i++) {
    const at = i * STEP;
    const data = Buffer.from(markOf(Math.floor(at + STEP / 2)));
    await sound.add(new EncodedPacket(data, 'key', at, STEP), { decoderConfig });
    const isKey = keyEvery > 0 && i % Math.round(keyEvery / STEP) === 0;
    if (keyEvery > 0)
      await picture.add(new EncodedPacket(data, isKey ? 'key' : 'delta', at, STEP), { decoderConfig: size });
  }
  await output.finalize();
  return Buffer.from(target.buffer!);
}
