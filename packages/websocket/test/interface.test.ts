/** The classes that applications see have the shape that Web IDL gives the interface WebSocket. */
import { Client } from '@ws/client';
import { WebSocket as Connection } from '@ws/connection';
import { ServerWebSocket } from '@ws/server';
import WebSocket from '../src';
import { endingOf } from './support/observed';

const READ_ONLY = ['url', 'readyState', 'bufferedAmount', 'extensions', 'protocol'];
const WRITABLE = ['onopen', 'onerror', 'onclose', 'onmessage', 'binaryType'];
const ATTRIBUTES = [...READ_ONLY, ...WRITABLE];
const OPERATIONS = Object.entries({ send: 1, close: 0 });
const CONSTANTS = Object.entries({ CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 });
const ANYWHERE = 'ws://127.0.0.1:1/';

const descriptor = (holder: object, name: PropertyKey): PropertyDescriptor | undefined =>
  Object.getOwnPropertyDescriptor(holder, name);

describe.each([
  ['WebSocket', WebSocket],
  ['Client', Client],
  ['ServerWebSocket', ServerWebSocket],
])('%s.prototype', (_, { prototype }) => {
  test.each(ATTRIBUTES)('has the attribute %s', (name) => {
    const attribute = descriptor(prototype, name) as { get?: unknown; set?: unknown };
    expect(attribute).toMatchObject({ enumerable: true, configurable: true });
    expect(attribute.get).toHaveProperty('name', `get ${name}`);
    expect(typeof attribute.set).toBe(WRITABLE.includes(name) ? 'function' : 'undefined');
    for (const none of [prototype, {}]) {
      expect(() => Reflect.get(prototype, name, none) as unknown).toThrow(TypeError);
    }
  });

  test.each(OPERATIONS)('has the operation %s, which requires %d arguments', (name, length) => {
    const flags = { enumerable: true, configurable: true, writable: true };
    expect(descriptor(prototype, name)).toMatchObject(flags);
    const operation = Reflect.get(prototype, name) as () => void;
    expect([operation.name, operation.length]).toEqual([name, length]);
    expect(() => operation.call({})).toThrow(TypeError);
  });

  test.each(CONSTANTS)('has the constant %s', (name, value) => {
    const flags = { enumerable: true, configurable: false, writable: false };
    expect(descriptor(prototype, name)).toEqual({ value, ...flags });
  });

  test('has one parent: that of EventTarget', () => {
    expect(Object.getPrototypeOf(prototype)).toBe(EventTarget.prototype);
    expect(descriptor(prototype, Symbol.toStringTag)).toEqual({
      value: 'WebSocket',
      enumerable: false,
      configurable: true,
      writable: false,
    });
  });
});

describe('WebSocket', () => {
  test('is an interface object, whose parent is EventTarget', () => {
    expect(Object.getPrototypeOf(WebSocket)).toBe(EventTarget);
    const configurable = { enumerable: false, configurable: true, writable: false };
    expect(descriptor(WebSocket, 'name')).toEqual({ value: 'WebSocket', ...configurable });
    expect(descriptor(WebSocket, 'length')).toEqual({ value: 1, ...configurable });
    const { prototype } = WebSocket;
    expect(descriptor(WebSocket, 'prototype')).toEqual({
      ...configurable,
      value: prototype,
      configurable: false,
    });
    expect(descriptor(prototype, 'constructor')).toEqual({
      value: WebSocket,
      enumerable: false,
      configurable: true,
      writable: true,
    });
  });

  test.each(CONSTANTS)('has the constant %s', (name, value) => {
    const flags = { enumerable: true, configurable: false, writable: false };
    expect(descriptor(WebSocket, name)).toEqual({ value, ...flags });
  });

  test('is made with new only', () => {
    const withoutNew = (): unknown =>
      Reflect.apply<undefined, string[], unknown>(WebSocket as never, undefined, [ANYWHERE]);
    expect(withoutNew).toThrow(TypeError);
  });

  test('makes instances of it, of EventTarget, and of whatever extends it', async () => {
    class Mine extends WebSocket {
      readonly mine = true;
      override get url(): string {
        return `mine: ${super.url}`;
      }
    }
    const plain = new WebSocket(ANYWHERE);
    const mine = new Mine(ANYWHERE);
    const client = new Client(ANYWHERE);
    const rows: [object, (new (...args: never[]) => unknown)[]][] = [
      [plain, [WebSocket, Connection, EventTarget]],
      [mine, [Mine, WebSocket, Connection, EventTarget]],
      [client, [Client, WebSocket, Connection, EventTarget]],
    ];
    for (const [made, classes] of rows) {
      expect(made.constructor).toBe(classes[0]);
      for (const each of [Mine, Client, ServerWebSocket]) {
        expect(made instanceof each).toBe(classes.includes(each));
      }
      for (const each of classes) expect(made).toBeInstanceOf(each);
    }
    expect([mine.mine, mine.url]).toEqual([true, `mine: ${ANYWHERE}`]);
    for (const none of [null, undefined, 1, {}, EventTarget.prototype, WebSocket.prototype]) {
      expect(none).not.toBeInstanceOf(WebSocket);
    }
    await Promise.all([plain, mine, client].map((ws) => endingOf(ws)));
  });

  test('has own properties on no instance', () => {
    const ws = new WebSocket(ANYWHERE);
    expect(Reflect.ownKeys(ws)).toEqual([]);
    ws.terminate();
  });
});
