/** The frame parser in an ES module, by its names. */
import { MessageDecoder, SERVER } from '@ws/frame-parser';
import decodeHello from './hello.cjs';

decodeHello({ MessageDecoder, SERVER });
