/** Child processes that answer calls: the parent's side (`Child`) and the child's (`answerCalls`). */
export { answerCalls, type Calls } from './calls';
export { Child, type ChildOptions } from './child';
export { CAN_PIN } from './pinning';
