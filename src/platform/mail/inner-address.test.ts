import { expect, test } from 'vitest'
import { reachOf } from './inner-address.ts'

test.each([
  ['8.8.8.8', 'outer'],
  ['2606:4700::1111', 'outer'],
  ['172.32.0.1', 'outer'],
  ['127.0.0.1', 'loopback'],
  ['127.9.9.9', 'loopback'],
  ['::1', 'loopback'],
  ['::ffff:127.0.0.1', 'loopback'],
  ['::ffff:7f00:1', 'loopback'],
  ['10.1.2.3', 'inner'],
  ['172.16.0.1', 'inner'],
  ['192.168.1.1', 'inner'],
  ['100.64.0.1', 'inner'],
  ['0:0:0:0:0:ffff:127.0.0.1', 'loopback'],
  ['0:0:0:0:0:ffff:7f00:1', 'loopback'],
  ['0:0:0:0:0:ffff:a9fe:a9fe', 'never'],
  ['0:0:0:0:0:0:0:1', 'loopback'],
  ['::7f00:1', 'never'],
  ['0:0:0:0:0:0:7f00:1', 'never'],
  ['::ffff:0:7f00:1', 'never'],
  ['2001:0:7f00:1::', 'never'],
  ['fd00::1', 'inner'],
  ['::ffff:10.0.0.1', 'inner'],
  ['169.254.169.254', 'never'],
  ['::ffff:a9fe:a9fe', 'never'],
  ['0.0.0.0', 'never'],
  ['::', 'never'],
  ['fe80::1%eth0', 'never'],
  ['224.0.0.1', 'never'],
  ['255.255.255.255', 'never'],
  ['64:ff9b::7f00:1', 'never'],
  ['2002:7f00:1::', 'never'],
  ['localhost', 'never'],
])('%s leads %s', (address, reach) => {
  expect(reachOf(address)).toBe(reach)
})
