/** Every model, in the order in which they take turns. */
import type { Model } from '../model';
import { account } from './account';
import { damagedDeflate, deflate, limitedDeflate } from './deflate';
import { extensionHeaders } from './extensions';
import { closing } from './closing';
import { damagedFrames, damagedHixie, garbageFrames, validFrames, validHixie } from './frames';
import { gate } from './gate';
import { requests, responses } from './handshakes';
import { goodLink, link } from './link';
import { deflateInParts, framesInParts } from './parts';
import { driverPeer, wsPeer } from './peers';
import { upgrades } from './upgrades';

export const MODELS: readonly Model[] = [
  validFrames,
  damagedFrames,
  garbageFrames,
  validHixie,
  damagedHixie,
  requests,
  responses,
  upgrades,
  extensionHeaders,
  link,
  goodLink,
  closing,
  account,
  gate,
  deflate,
  damagedDeflate,
  limitedDeflate,
  framesInParts,
  deflateInParts,
  wsPeer,
  driverPeer,
];
