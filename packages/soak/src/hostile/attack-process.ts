/** The process of the attackers. */
import { answerCalls } from '@ws/child-process';
import { Attacker } from './attacker';
import { attackNamed, type Flood, type Visits } from './attacks';
import { goLast } from './priority';

export interface AttackCalls {
  /** Makes the bytes of the attack called `name`. */
  prepare(name: string): void;
  /** Begins `count` attackers. */
  start(port: number, count: number): void;
  /** Resolves when all have ended. */
  stop(): Promise<void>;
}

let plan: Flood | Visits;
let attackers: Attacker[] = [];
let runs: Promise<void>[] = [];

goLast();
answerCalls<AttackCalls>({
  prepare(name) {
    plan = attackNamed(name).make();
  },
  start(port, count) {
    attackers = Array.from({ length: count }, () => new Attacker(port, plan));
    runs = attackers.map((attacker) => attacker.run());
  },
  async stop() {
    for (const attacker of attackers) attacker.stop();
    await Promise.all(runs);
  },
});
