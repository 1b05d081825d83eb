/**
 * Loaded into the server by `npm run bench:photos`: each answer says how much processor time the thread of the turns
 * had used when it went out. On a machine that others keep busy this is the clock that runs only while we do.
 */
import { ServerResponse } from 'node:http'

const { writeHead } = ServerResponse.prototype
ServerResponse.prototype.writeHead = function timed(...given) {
  const { user, system } = process.threadCpuUsage()
  this.setHeader('x-thread-us', String(user + system))
  return writeHead.apply(this, given)
}
