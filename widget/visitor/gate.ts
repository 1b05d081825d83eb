/**
 * The safety gate as the browser's own chunk: the same `judge` as the service's, loaded after the first paint.
 */
export { judge } from '../../flows/safety/gate.ts'
