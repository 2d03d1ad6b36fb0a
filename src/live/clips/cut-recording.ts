import {
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  FilePathSource,
  Input,
  MATROSKA,
  MP3,
  MP4,
  Mp3OutputFormat,
  Mp4OutputFormat,
  Output,
  QTFF,
  WAVE,
  WEBM,
  WavOutputFormat,
  WebMOutputFormat,
} from 'mediabunny';
import type { EncodedPacket, InputAudioTrack, InputFormat, InputVideoTrack, OutputFormat } from 'mediabunny';

/** Milliseconds into the recording; `end` null: up to its end. */
export interface Window {
  readonly start: number;
  readonly end: number | null;
}

export interface Slice {
  /** `audio/mpeg` */
  readonly type: string;
  /** Milliseconds. */
  readonly duration: number;
  readonly bytes: Uint8Array;
}

export type Cut = Slice | 'not a recording' | 'longer than allowed' | 'outside the recording';

interface Container {
  readonly read: readonly InputFormat[];
  readonly write: () => OutputFormat;
  readonly audio: string;
  readonly video: string;
}

/** What the bytes are decides, never a name or a header. */
const CONTAINERS: readonly Container[] = [
  { read: [WAVE], write: () => new WavOutputFormat(), audio: 'audio/wav', video: 'audio/wav' },
  { read: [MP3], write: () => new Mp3OutputFormat(), audio: 'audio/mpeg', video: 'audio/mpeg' },
  {
    read: [MP4, QTFF],
    write: () => new Mp4OutputFormat({ fastStart: 'in-memory' }),
    audio: 'audio/mp4',
    video: 'video/mp4',
  },
  { read: [WEBM, MATROSKA], write: () => new WebMOutputFormat(), audio: 'audio/webm', video: 'video/webm' },
];

/** The formats keep time in seconds; a packet's rounding must not push it out of a window of whole milliseconds. */
const ROUNDING_MS = 5;

/**
 * Cuts the window out of a recording. Packets are copied, not encoded anew: those of sound that lie inside (plain
 * samples: exactly), and pictures from the first whole one on. Nothing before or after the window is in the slice.
 * @param most milliseconds a slice may last (F018)
 */
export async function cutRecording(path: string, { start, end }: Window, most: number): Promise<Cut> {
  using input = new Input({
    source: new FilePathSource(path),
    formats: CONTAINERS.flatMap(({ read }) => [...read]),
  });
  try {
    const format = await input.getFormat();
    const container = CONTAINERS.find(({ read }) => read.includes(format))!;
    const length = Math.floor((await input.computeDuration()) * 1000);
    const until = Math.min(end ?? length, length);
    if (start >= until) return 'outside the recording';
    if ((end ?? until) - start > most + (end === null ? ROUNDING_MS : 0)) return 'longer than allowed';
    return await sliceOf(input, container, start, until);
  } catch {
    return 'not a recording';
  }
}

async function sliceOf(input: Input, container: Container, start: number, end: number): Promise<Cut> {
  const [sound, picture] = [await input.getPrimaryAudioTrack(), await input.getPrimaryVideoTrack()];
  if (!sound && !picture) return 'not a recording';
  const target = new BufferTarget();
  const output = new Output({ format: container.write(), target });
  const copies: Run[] = [];
  if (sound) copies.push(await soundInto(output, sound));
  if (picture) copies.push(await pictureInto(output, picture));
  await output.start();
  for (const copy of copies) await copy(start / 1000, end / 1000);
  await output.finalize();
  const bytes = new Uint8Array(target.buffer!);
  return { type: picture ? container.video : container.audio, duration: end - start, bytes };
}

type Run = (from: number, until: number) => Promise<void>;

async function soundInto(output: Output, track: InputAudioTrack): Promise<Run> {
  const codec = (await track.getCodec())!;
  const source = new EncodedAudioPacketSource(codec);
  output.addAudioTrack(source);
  const config = await track.getDecoderConfig();
  const samples = /^(pcm|ulaw|alaw)/.test(codec) ? await track.getSampleRate() : null;
  return async (from, until) => {
    const sink = new EncodedPacketSink(track);
    const first = (await sink.getPacket(from)) ?? (await sink.getFirstPacket());
    for (let packet = first; packet && packet.timestamp < until; packet = await sink.getNextPacket(packet)) {
      const inside = samples === null ? whole(packet, from, until) : trimmed(packet, from, until, samples);
      if (inside) await source.add(inside, config ? { decoderConfig: config } : undefined);
    }
    source.close();
  };
}

/** Rounding of times that containers keep, in seconds. */
const EPSILON = 0.0005;

/** A packet that lies inside the window, moved to its time in the slice; null for one that lasts beyond it. */
function whole(packet: EncodedPacket, from: number, until: number): EncodedPacket | null {
  const { timestamp, duration } = packet;
  if (timestamp < from - EPSILON || timestamp + duration > until + EPSILON) return null;
  return packet.clone({ timestamp: Math.max(0, timestamp - from) });
}

/** Plain samples can be cut anywhere. @param rate samples a second */
function trimmed(packet: EncodedPacket, from: number, until: number, rate: number): EncodedPacket | null {
  const { timestamp, duration, data } = packet;
  const frames = Math.round(duration * rate);
  const first = Math.max(0, Math.round((from - timestamp) * rate));
  const last = Math.min(frames, Math.round((until - timestamp) * rate));
  if (last <= first) return null;
  const size = data.length / frames;
  return packet.clone({
    data: data.subarray(first * size, last * size),
    timestamp: Math.max(0, timestamp + first / rate - from),
    duration: (last - first) / rate,
  });
}

async function pictureInto(output: Output, track: InputVideoTrack): Promise<Run> {
  const source = new EncodedVideoPacketSource((await track.getCodec())!);
  output.addVideoTrack(source, { rotation: await track.getRotation() });
  const config = await track.getDecoderConfig();
  return async (from, until) => {
    const sink = new EncodedPacketSink(track);
    const before = await sink.getKeyPacket(from);
    const first = before && before.timestamp < from - EPSILON ? await sink.getNextKeyPacket(before) : before;
    let packet = first ?? (before ? null : await sink.getFirstKeyPacket());
    for (; packet && packet.timestamp < until; packet = await sink.getNextPacket(packet)) {
      const inside = whole(packet, from, until);
      if (inside) await source.add(inside, config ? { decoderConfig: config } : undefined);
    }
    source.close();
  };
}
