// Builds the js-libp2p node of a test peer.
import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import { gossipsub } from '@libp2p/gossipsub'
import { identify, identifyPush } from '@libp2p/identify'
import { noise } from '@libp2p/noise'
import { ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { yamux } from '@libp2p/yamux'
import { createLibp2p } from 'libp2p'
import { fromString } from 'uint8arrays'

export const echoProtocol = '/cocoon/echo/1.0.0'

export async function createNode (options) {
  const services = {
    identify: identify({ maxOutboundStreams: 64 }),
    identifyPush: identifyPush(),
    ping: ping({ maxOutboundStreams: 64 })
  }
  if (options.services.split(',').includes('gossip')) {
    services.pubsub = gossipsub({
      allowPublishToZeroTopicPeers: true,
      emitSelf: false,
      heartbeatInterval: Number(options.heartbeat)
    })
  }
  const node = await createLibp2p({
    ...(options.seed == null ? {} : { privateKey: await generateKeyPairFromSeed('Ed25519', fromString(options.seed, 'hex')) }),
    addresses: { listen: options.listen.length > 0 ? options.listen : [`/ip4/127.0.0.1/tcp/${options.port}`] },
    transports: [tcp()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    nodeInfo: { userAgent: 'js-test-peer/1' },
    connectionManager: {
      inboundConnectionThreshold: 1e6,
      maxIncomingPendingConnections: 4096,
      maxConnections: 4096,
      reconnectRetries: 0
    },
    connectionMonitor: { enabled: false },
    services,
    ...(options['no-early'] ? { connectionEncrypters: [withoutMuxers(noise())] } : {})
  })
  await node.handle(echoProtocol, echo, { maxInboundStreams: 512, maxOutboundStreams: 512 })
  return node
}

export function info (node) {
  return {
    peer: node.peerId.toString(),
    addrs: node.getMultiaddrs().map(String),
    protocols: node.getProtocols()
  }
}

// Forgets the muxer list that the caller passes in, so that multistream has to agree on one.
function withoutMuxers (create) {
  return (components) => {
    const encrypter = create(components)
    const forget = (options) => ({ ...options, skipStreamMuxerNegotiation: true })
    return {
      protocol: encrypter.protocol,
      secureInbound: (connection, options) => encrypter.secureInbound(connection, forget(options)),
      secureOutbound: (connection, options) => encrypter.secureOutbound(connection, forget(options))
    }
  }
}

async function echo (stream) {
  for await (const chunk of stream) {
    if (!stream.send(chunk)) {
      await stream.onDrain()
    }
  }
  await stream.close()
}
