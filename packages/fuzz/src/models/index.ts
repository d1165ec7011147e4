/** Every model, in the order in which they take turns. */
import type { Model } from '../model';
import { damagedFrames, damagedHixie, garbageFrames, validFrames, validHixie } from './frames';

export const MODELS: readonly Model[] = [
  validFrames,
  damagedFrames,
  garbageFrames,
  validHixie,
  damagedHixie,
];
