import { connect } from 'node:net'

/** Sends one inline command to a Redis on this machine and answers the first line of its reply, such as `+PONG`. */
export function askRedis(port: number, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${command}\r\n`))
    socket.setTimeout(1_000, () => socket.destroy(new Error('no reply')))
    socket.once('data', (bytes) => {
      socket.destroy()
      resolve(bytes.toString().split('\r\n')[0] ?? '')
    })
    socket.once('error', reject)
  })
}
