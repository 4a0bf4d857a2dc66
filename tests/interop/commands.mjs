// What a test peer can be told to do.
import { createHash, randomBytes } from 'node:crypto'
import { peerIdFromString } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import { echoProtocol, info } from './node.mjs'

const bytesOf = (command) => command.dataB64 != null ? Buffer.from(command.dataB64, 'base64') : Buffer.from(command.data ?? '')
const targetOf = (command) => command.addr != null ? multiaddr(command.addr) : peerIdFromString(command.peer)
const sha256 = (hash) => hash.digest('hex')

export function commands (node, say) {
  return { ...basic(node), ...rawStreams(node, say), ...(node.services.pubsub == null ? {} : gossip(node, say)) }
}

function basic (node) {
  return {
    info: () => info(node),
    connections: () => ({ count: node.getConnections().length }),
    dial: async (command, signal) => {
      const started = performance.now()
      const connection = await node.dial(targetOf(command), { signal })
      return {
        peer: connection.remotePeer.toString(),
        addr: connection.remoteAddr.toString(),
        direction: connection.direction,
        encryption: connection.encryption,
        multiplexer: connection.multiplexer,
        limited: connection.limits != null,
        ms: performance.now() - started
      }
    },
    hangup: (command) => node.hangUp(peerIdFromString(command.peer)),
    ping: async (command, signal) => {
      const times = []
      for (let i = 0; i < (command.count ?? 1); i++) {
        times.push(await node.services.ping.ping(targetOf(command), { signal }))
      }
      times.sort((a, b) => a - b)
      return { count: times.length, medianMs: times[times.length >> 1], minMs: times[0], maxMs: times.at(-1) }
    },
    identify: async (command, signal) => {
      const connection = await node.dial(targetOf(command), { signal })
      const result = await node.services.identify.identify(connection, { signal })
      return {
        peer: result.peerId.toString(),
        protocolVersion: result.protocolVersion,
        agentVersion: result.agentVersion,
        listenAddrs: result.listenAddrs.map(String),
        observedAddr: result.observedAddr?.toString(),
        protocols: result.protocols,
        signedPeerRecord: result.signedPeerRecord == null
          ? null
          : { seq: result.signedPeerRecord.seq.toString(), addrs: result.signedPeerRecord.addresses.map(String) }
      }
    },
    protocols: async (command) => ({ protocols: (await node.peerStore.get(peerIdFromString(command.peer))).protocols }),
    echo: async (command, signal) => echo(node, command, signal),
    close: () => { setImmediate(() => process.emit('SIGTERM')) }
  }
}

// Random bytes, then a half-close, then the same back, compared by hash.
async function echo (node, command, signal) {
  const stream = await node.dialProtocol(targetOf(command), command.protocol ?? echoProtocol, { signal, maxOutboundStreams: 512 })
  const sent = createHash('sha256')
  const back = createHash('sha256')
  let received = 0
  const reading = (async () => {
    for await (const chunk of stream) {
      for (const part of chunk instanceof Uint8Array ? [chunk] : chunk) {
        back.update(part)
        received += part.byteLength
      }
    }
  })()
  for (let left = command.bytes; left > 0;) {
    const part = randomBytes(Math.min(left, command.chunk ?? 64 * 1024))
    sent.update(part)
    left -= part.length
    if (!stream.send(part)) {
      await stream.onDrain({ signal })
    }
  }
  await stream.close({ signal })
  await reading
  return { bytes: received, equal: sha256(sent) === sha256(back) }
}

function rawStreams (node, say) {
  const streams = new Map()
  let last = 0
  const keep = (stream) => {
    const id = ++last
    streams.set(id, stream)
    ;(async () => {
      try {
        for await (const chunk of stream) {
          say({ event: 'stream:data', stream: id, dataB64: Buffer.from(chunk.subarray()).toString('base64') })
        }
        say({ event: 'stream:end', stream: id })
      } catch (error) {
        say({ event: 'stream:error', stream: id, error: error.message, name: error.name })
      }
    })()
    return { stream: id, protocol: stream.protocol }
  }
  return {
    open: async (command, signal) => keep(await node.dialProtocol(targetOf(command), command.protocols ?? command.protocol, { signal })),
    write: (command) => { streams.get(command.stream).send(bytesOf(command)) },
    closeWrite: (command, signal) => streams.get(command.stream).close({ signal }),
    reset: (command) => { streams.get(command.stream).abort(new Error('reset by command')) },
    handle: (command) => node.handle(command.protocol, (stream) => { say({ event: 'stream:open', ...keep(stream) }) }),
    unhandle: (command) => node.unhandle(command.protocol)
  }
}

function gossip (node, say) {
  const { pubsub } = node.services
  pubsub.addEventListener('gossipsub:message', ({ detail }) => say({
    event: 'message',
    topic: detail.msg.topic,
    type: detail.msg.type,
    from: detail.msg.from?.toString(),
    via: detail.propagationSource.toString(),
    text: Buffer.from(detail.msg.data).toString()
  }))
  return {
    subscribe: (command) => { pubsub.subscribe(command.topic) },
    unsubscribe: (command) => { pubsub.unsubscribe(command.topic) },
    publish: async (command) => {
      const data = command.size == null ? bytesOf(command) : randomBytes(command.size)
      const result = await pubsub.publish(command.topic, data)
      return { recipients: result.recipients.map(String) }
    },
    topicPeers: (command) => ({ peers: pubsub.getSubscribers(command.topic).map(String) }),
    mesh: (command) => ({ peers: pubsub.getMeshPeers(command.topic) }),
    pubsubPeers: () => ({ peers: pubsub.getPeers().map(String) })
  }
}
