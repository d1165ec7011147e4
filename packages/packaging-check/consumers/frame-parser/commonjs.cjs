'use strict';

/** The frame parser in a CommonJS program. */
const frameParser = require('@ws/frame-parser');
const decodeHello = require('./hello.cjs');

decodeHello(frameParser);
