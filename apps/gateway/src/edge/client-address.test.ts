import { expect, test } from 'bun:test'
import { createClientAddressReader } from './client-address'

const addressOf = createClientAddressReader(['10.0.0.0/8', 'fd00::/8', '192.0.2.7'])

test.each([
  ['a caller that is no trusted proxy is where its socket is', '203.0.113.5', '1.2.3.4', '203.0.113.5'],
  ['a trusted proxy tells the address', '10.0.0.1', '203.0.113.5', '203.0.113.5'],
  [
    'only the last address that no trusted proxy wrote is true',
    '10.0.0.1',
    '1.2.3.4, 203.0.113.5, 10.0.0.9',
    '203.0.113.5',
  ],
  ['a single address may be trusted', '192.0.2.7', '203.0.113.5', '203.0.113.5'],
  ['its neighbour is not', '192.0.2.8', '203.0.113.5', '192.0.2.8'],
  ['version 6', 'fd00::1', '2001:db8::5', '2001:db8::5'],
  ['version 4 within version 6', '::ffff:10.0.0.1', '203.0.113.5', '203.0.113.5'],
  ['rubbish is no address', '10.0.0.1', 'unknown, <script>', '10.0.0.1'],
])('%s', (_, peer, forwardedFor, address) => expect(addressOf(peer, forwardedFor)).toBe(address))
