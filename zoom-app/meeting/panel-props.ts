import type { SessionView } from '../../src/live/live.api.ts';
import type { Send } from './facts.ts';
import type { Model } from './model.ts';

/** What every part of the panel is drawn from, once there is a session. */
export interface PanelProps {
  readonly model: Model;
  readonly view: SessionView;
  readonly send: Send;
}
