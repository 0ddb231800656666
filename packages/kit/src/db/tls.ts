/** The driver's options for a connection by TLS whose server shows a certificate of this authority (PEM), for its own name. */
export const tlsOf = (certificateAuthority: string | undefined): { ssl?: object } =>
  certificateAuthority === undefined ? {} : { ssl: { ca: certificateAuthority, rejectUnauthorized: true } }
