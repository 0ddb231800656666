import { BlockList, isIP } from 'node:net'

export type ClientAddressReader = (peerAddress: string, forwardedFor: string | null) => string

/**
 * The address that a request came from: the socket's, or, where the socket is a trusted proxy's (CIDR), the last address of
 * `x-forwarded-for` that no trusted proxy wrote. Anything else in that header is the caller's own claim.
 */
export function createClientAddressReader(trustedProxies: readonly string[]): ClientAddressReader {
  const trusted = new BlockList()
  for (const range of trustedProxies) {
    const [network = '', bits] = range.split('/')
    const family = isIP(network) === 6 ? 'ipv6' : 'ipv4'
    trusted.addSubnet(network, Number(bits ?? (family === 'ipv6' ? 128 : 32)), family)
  }
  const isTrusted = (address: string) => {
    const version = isIP(address)
    return version !== 0 && trusted.check(address, version === 6 ? 'ipv6' : 'ipv4')
  }
  return (peerAddress, forwardedFor) => {
    const peer = plain(peerAddress)
    if (!forwardedFor || !isTrusted(peer)) return peer
    const hops = forwardedFor.split(',').map((hop) => plain(hop.trim()))
    return hops.findLast((hop) => isIP(hop) !== 0 && !isTrusted(hop)) ?? peer
  }
}

/** An IPv4 client of a dual-stack socket is the same client: `::ffff:10.0.0.1` → `10.0.0.1`. */
const plain = (address: string): string => (address.startsWith('::ffff:') ? address.slice(7) : address)
