import { BlockList, isIP, isIPv6 } from 'node:net'

const loopback = listOf(['127.0.0.0', 8, 'ipv4'], ['::1', 128, 'ipv6'])
const inner = listOf(
  ['10.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['fc00::', 7, 'ipv6'],
  ['fec0::', 10, 'ipv6'],
)
/** Where no mail server is: this-network, link-local (with the data services of clouds), documentation, benchmark, multicast, reserved, and the tunnels that carry an IPv4 address inside. */
const never = listOf(
  ['0.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 96, 'ipv6'],
  ['::ffff:0:0:0', 96, 'ipv6'],
  ['2001::', 32, 'ipv6'],
  ['64:ff9b::', 32, 'ipv6'],
  ['100::', 64, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
)

/** Where an IP address leads: out into the network, to this machine, to an inner network, or to where no server of ours may be looked for. An IPv4 address in IPv6 letters (::ffff:7f00:1) is that address: the lists know them. */
export function reachOf(address: string): 'outer' | 'loopback' | 'inner' | 'never' {
  const plain = address.replace(/%.*$/, '')
  if (isIP(plain) === 0) return 'never'
  const family = isIPv6(plain) ? 'ipv6' : 'ipv4'
  if (loopback.check(plain, family)) return 'loopback'
  if (never.check(plain, family)) return 'never'
  return inner.check(plain, family) ? 'inner' : 'outer'
}

function listOf(...networks: readonly [address: string, prefix: number, family: 'ipv4' | 'ipv6'][]): BlockList {
  const list = new BlockList()
  for (const [address, prefix, family] of networks) list.addSubnet(address, prefix, family)
  return list
}
