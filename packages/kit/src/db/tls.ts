import { isIP } from 'node:net'

/** The driver's options for a connection by TLS whose server shows a certificate of this authority (PEM), for its own name. */
export function tlsOf(url: string, certificateAuthority: string | undefined): { ssl?: object } {
  if (certificateAuthority === undefined) return {}
  const { hostname } = new URL(url)
  // A certificate names an address in another way than a name, and only names are said in the clear.
  const name = isIP(hostname) ? { host: hostname } : { servername: hostname }
  return { ssl: { ca: certificateAuthority, rejectUnauthorized: true, ...name } }
}
