// A js-libp2p peer driven over stdin and stdout, one JSON object a line: docs/protocol/test-peer.md.
import './polyfill.mjs'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { createNode, info } from './node.mjs'
import { commands } from './commands.mjs'

const { values: options } = parseArgs({
  options: {
    listen: { type: 'string', multiple: true, default: [] },
    port: { type: 'string', default: '0' },
    seed: { type: 'string' },
    services: { type: 'string', default: '' },
    heartbeat: { type: 'string', default: '100' },
    'no-early': { type: 'boolean', default: false }
  }
})

const say = (line) => process.stdout.write(JSON.stringify(line) + '\n')
const node = await createNode(options)
const run = commands(node, say)
say({ event: 'ready', ...info(node), pid: process.pid })

const lines = createInterface({ input: process.stdin })
lines.on('line', async (line) => {
  const command = JSON.parse(line)
  try {
    const action = run[command.cmd]
    if (action == null) {
      throw new Error(`unknown command ${command.cmd}`)
    }
    const signal = AbortSignal.timeout(command.timeoutMs ?? 10_000)
    say({ id: command.id, ok: true, result: await action(command, signal) ?? {} })
  } catch (error) {
    say({ id: command.id, ok: false, error: String(error.message), name: error.name })
  }
})
lines.on('close', stop)
process.on('SIGTERM', stop)

async function stop () {
  await node.stop()
  process.exit(0)
}
