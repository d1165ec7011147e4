/** The page of the demo: a chat and an echo, with a connection each. */
import { startChat } from './chat.mjs';
import { startEcho } from './echo.mjs';

startChat();
startEcho();
